package dev.lowpass.codegen.element;

import dev.lowpass.codegen.plan.step.GeneralStep;
import dev.lowpass.codegen.plan.value.Slot;
import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.codegen.tir.Register;
import dev.lowpass.ir.ElementType;
import dev.lowpass.ir.op.ArgReduce;
import dev.lowpass.runtime.tvm.DataType;

/** Where the greatest or least element of a run is; an item is one run. */
record ArgReduceRuns(GeneralStep step, ArgReduce arg) implements ElementFunction {
  @Override
  public long count() {
    return step.output().shape().elements();
  }

  @Override
  public long weight() {
    return step.inputs().getFirst().shape().dim(arg.axis());
  }

  @Override
  public void write(Code code, Memory memory, Expr index) {
    Slot input = step.inputs().getFirst();
    ElementType element = input.element();
    Run run = new Run(input.shape(), arg.axis());
    Expr first = code.let("first", run.first(index));
    Register best = code.register("best", Ordering.type(element));
    Register place = code.register("place", DataType.I32);
    code.add(best.set(Ordering.key(element, memory.load(input, first))));
    code.add(place.set(Expr.i32(0)));
    code.loop(
        "i",
        run.length(),
        (body, i) -> {
          Expr key = body.let("key", Ordering.key(element, memory.load(input, run.at(first, i))));
          body.when(
              isBetter(key, best.get()),
              then -> {
                then.add(best.set(key));
                then.add(place.set(i));
              });
        });
    code.add(memory.store(step.output(), index, place.get().cast(DataType.I64)));
  }

  private Expr isBetter(Expr key, Expr best) {
    return switch (arg.kind()) {
      case MAX -> arg.last() ? key.atLeast(best) : best.lessThan(key);
      case MIN -> arg.last() ? best.atLeast(key) : key.lessThan(best);
    };
  }
}
