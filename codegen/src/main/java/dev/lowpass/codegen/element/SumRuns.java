package dev.lowpass.codegen.element;

import dev.lowpass.codegen.plan.step.GeneralStep;
import dev.lowpass.codegen.plan.value.Slot;
import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.codegen.tir.Register;
import dev.lowpass.ir.op.CumulativeSum;
import dev.lowpass.runtime.tvm.DataType;

/** Sums of all elements so far; an item is one run. */
record SumRuns(GeneralStep step, CumulativeSum sum) implements ElementFunction {
  @Override
  public long count() {
    return new Run(step.output().shape(), sum.axis()).count();
  }

  @Override
  public long weight() {
    return step.inputs().getFirst().shape().dim(sum.axis());
  }

  @Override
  public void write(Code code, Memory memory, Expr index) {
    Slot input = step.inputs().getFirst();
    Run run = new Run(input.shape(), sum.axis());
    DataType type = Encoded.computed(input.element());
    Expr first = code.let("first", run.first(index));
    Register total = code.register("total", type);
    code.add(total.set(Expr.constant(type, 0)));
    code.loop(
        "i",
        run.length(),
        (body, i) -> {
          Expr place = sum.reverse() ? Expr.i32(run.length() - 1).minus(i) : i;
          Expr at = body.let("at", run.at(first, place));
          Expr next = body.let("next", total.get().plus(memory.load(input, at)));
          body.add(memory.store(step.output(), at, sum.exclusive() ? total.get() : next));
          body.add(total.set(next));
        });
  }
}
