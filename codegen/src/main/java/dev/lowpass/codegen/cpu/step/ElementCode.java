package dev.lowpass.codegen.cpu.step;

import dev.lowpass.codegen.cpu.kernel.BuiltKernel;
import dev.lowpass.codegen.cpu.work.StepCode;
import dev.lowpass.codegen.cpu.work.Workshop;
import dev.lowpass.codegen.cpu.work.WorthSharing;
import dev.lowpass.codegen.element.ElementFunction;
import dev.lowpass.codegen.element.Words;
import dev.lowpass.codegen.plan.Plan;
import dev.lowpass.codegen.plan.step.Step;
import dev.lowpass.codegen.plan.value.Slot;
import dev.lowpass.codegen.tir.Expr;

/** A step as a loop over its items, in a kernel of its own. */
public final class ElementCode {
  private static final int ITEMS_A_TASK = 1024;

  private ElementCode() {}

  public static StepCode prepare(Workshop workshop, Plan plan, Step step, ElementFunction function) {
    for (Slot slot : step.reads()) {
      if (slot.home() == Slot.Home.CONSTANT) {
        workshop.constant(slot, () -> Words.of(slot.constant().orElseThrow()));
      }
    }
    BuiltKernel<ElementKernel.Call> kernel =
        workshop.kernel("elements", new ElementKernel(plan, workshop.constants(), function));
    int items = Math.toIntExact(function.count());
    int tasks = Math.ceilDiv(items, ITEMS_A_TASK);
    return (code, entry) ->
        entry.deal(
            code,
            tasks,
            WorthSharing.ELEMENTS.deal(items),
            (body, task, _) -> {
              Expr first = task.times(ITEMS_A_TASK);
              Expr count = Expr.i32(items).minus(first).min(ITEMS_A_TASK);
              kernel.call().memory(entry.arguments()).items(first, count).in(body);
            });
  }
}
