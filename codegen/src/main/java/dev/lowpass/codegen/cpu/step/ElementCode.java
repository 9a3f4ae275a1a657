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
  /** Elements that a task reads, or more where an item does. */
  private static final int ELEMENTS_A_TASK = 1024;

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
    long weight = Math.max(1, function.weight());
    int itemsATask = (int) Math.max(1, ELEMENTS_A_TASK / weight);
    int tasks = Math.ceilDiv(items, itemsATask);
    return (code, entry) ->
        entry.deal(
            code,
            tasks,
            WorthSharing.ELEMENTS.deal(items * weight),
            (body, task, _) -> {
              Expr first = task.times(itemsATask);
              Expr count = Expr.i32(items).minus(first).min(itemsATask);
              kernel.call().memory(entry.arguments()).items(first, count).in(body);
            });
  }
}
