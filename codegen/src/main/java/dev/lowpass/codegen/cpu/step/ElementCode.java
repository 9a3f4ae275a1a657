package dev.lowpass.codegen.cpu.step;

import dev.lowpass.codegen.cpu.work.Entry;
import dev.lowpass.codegen.cpu.work.StepCode;
import dev.lowpass.codegen.cpu.work.Workshop;
import dev.lowpass.codegen.element.ElementFunction;
import dev.lowpass.codegen.emit.Arguments;
import dev.lowpass.codegen.plan.Plan;
import dev.lowpass.codegen.plan.step.Step;
import dev.lowpass.codegen.plan.value.Slot;
import dev.lowpass.codegen.tir.Buffer;
import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.codegen.tir.Function;
import dev.lowpass.codegen.tir.Parameter;
import dev.lowpass.codegen.tir.Var;
import java.util.ArrayList;
import java.util.List;

/**
 * A step as a loop over its items, in a kernel of its own that sees the arenas whole: it may read and write one arena.
 */
public final class ElementCode {
  private static final int ITEMS_A_TASK = 1024;

  private ElementCode() {}

  public static StepCode prepare(Workshop workshop, Plan plan, Step step, ElementFunction function) {
    for (Slot slot : step.reads()) {
      if (slot.home() == Slot.Home.CONSTANT) {
        workshop.constant(slot, () -> slot.constant().orElseThrow().floats());
      }
    }
    Function kernel = workshop.kernel("elements", new Object(), name -> kernel(name, workshop, plan, function));
    int items = Math.toIntExact(function.count());
    int tasks = Math.ceilDiv(items, ITEMS_A_TASK);
    return (code, entry) ->
        entry.deal(
            code,
            tasks,
            tasks < 8 ? Entry.Deal.ALONE : Entry.Deal.NEIGHBOURS,
            (body, task, _) -> {
              List<Expr> arguments = new ArrayList<>();
              entry.arguments().buffers().forEach(buffer -> arguments.add(buffer.address(0)));
              Expr first = task.times(ITEMS_A_TASK);
              arguments.add(first);
              arguments.add(Expr.i32(items).minus(first).min(ITEMS_A_TASK));
              body.call(kernel, arguments.toArray(Expr[]::new));
            });
  }

  private static Function kernel(String name, Workshop workshop, Plan plan, ElementFunction function) {
    Arguments memory = new Arguments(plan, workshop.constants(), Buffer.UNCHECKED, 0);
    Var first = Var.i32("first");
    Var count = Var.i32("count");
    List<Parameter> parameters = new ArrayList<>(memory.buffers());
    parameters.addAll(List.of(first, count));
    return Function.kernel(
        name,
        parameters,
        Code.of(
            code ->
                code.loop("index", count, (body, index) -> function.write(body, memory, body.let("item", first.plus(index))))));
  }
}
