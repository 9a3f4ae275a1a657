package dev.lowpass.codegen.element;

import dev.lowpass.codegen.plan.step.GeneralStep;
import dev.lowpass.codegen.plan.value.Slot;
import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.codegen.tir.Register;
import dev.lowpass.ir.ElementType;
import dev.lowpass.ir.op.TopK;
import dev.lowpass.runtime.tvm.DataType;

/**
 * The greatest or least elements of a run in order; an item is one run. Every result is the best of those that come
 * after the result before it, so that nothing is kept but that: work grows with the run's length times the results.
 */
record TopRuns(GeneralStep step, TopK top) implements ElementFunction {
  @Override
  public long count() {
    return new Run(step.output().shape(), top.axis()).count();
  }

  @Override
  public long weight() {
    return (long) step.inputs().getFirst().shape().dim(top.axis()) * Math.max(1, top.count());
  }

  @Override
  public void write(Code code, Memory memory, Expr index) {
    Slot input = step.inputs().getFirst();
    ElementType element = input.element();
    Run run = new Run(input.shape(), top.axis());
    Run results = new Run(step.output().shape(), top.axis());
    Expr first = code.let("first", run.first(index));
    Expr target = code.let("target", results.first(index));
    Register before = code.register("before", Ordering.type(element));
    Register beforePlace = code.register("before_place", DataType.I32);
    Register best = code.register("best", Ordering.type(element));
    Register place = code.register("place", DataType.I32);
    code.add(before.set(Expr.constant(Ordering.type(element), 0)));
    code.add(beforePlace.set(Expr.i32(-1)));
    code.loop(
        "k",
        results.length(),
        (outer, k) -> {
          outer.add(best.set(Expr.constant(Ordering.type(element), 0)));
          outer.add(place.set(Expr.i32(-1)));
          outer.loop(
              "i",
              run.length(),
              (body, i) -> {
                Expr key = body.let("key", Ordering.key(element, memory.load(input, run.at(first, i))));
                Expr isLater = key.equalTo(before.get()).and(beforePlace.get().lessThan(i));
                Expr follows = beforePlace.get().lessThan(0).or(precedes(before.get(), key)).or(isLater);
                Expr isBest = place.get().lessThan(0).or(precedes(key, best.get()));
                body.when(
                    follows.and(isBest),
                    then -> {
                      then.add(best.set(key));
                      then.add(place.set(i));
                    });
              });
          outer.add(before.set(best.get()));
          outer.add(beforePlace.set(place.get()));
          Expr result =
              switch (top.part()) {
                case VALUES -> memory.load(input, run.at(first, place.get()));
                case INDICES -> place.get().cast(DataType.I64);
              };
          outer.add(memory.store(step.output(), results.at(target, k), result));
        });
  }

  private Expr precedes(Expr a, Expr b) {
    return top.largest() ? b.lessThan(a) : a.lessThan(b);
  }
}
