package dev.lowpass.codegen.element;

import dev.lowpass.codegen.plan.step.GeneralStep;
import dev.lowpass.codegen.plan.value.Slot;
import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.codegen.tir.Register;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.op.MaxPoolIndices;
import dev.lowpass.runtime.tvm.DataType;
import java.util.List;

/** Places of maxima; an item is one output. */
record MaxPoolIndicesElements(GeneralStep step, MaxPoolIndices pool) implements ElementFunction {
  @Override
  public long count() {
    return step.output().shape().elements();
  }

  @Override
  public void write(Code code, Memory memory, Expr index) {
    Slot input = step.inputs().getFirst();
    Shape map = input.shape();
    List<Expr> at = Addressing.coordinates(step.output().shape(), index);
    Expr start = code.let("start", at.get(0).times(map.dim(1)).plus(at.get(1)).times(map.dim(2) * map.dim(3)));
    Register most = code.register("most", DataType.F32);
    Register place = code.register("place", DataType.I32);
    code.add(most.set(Expr.f32(0)));
    code.add(place.set(Expr.i32(-1)));
    new WindowTaps(pool.window(), map)
        .each(
            code,
            at.get(2),
            at.get(3),
            (body, y, x, _) -> {
              Expr value = body.let("value", memory.load(input, start.plus(y.times(map.dim(3))).plus(x)));
              Expr here = pool.columnMajor() ? x.times(map.dim(2)).plus(y) : y.times(map.dim(3)).plus(x);
              Expr isFirst = place.get().lessThan(0).or(most.get().lessThan(value));
              body.when(
                  isFirst,
                  then -> {
                    then.add(most.set(value));
                    then.add(place.set(start.plus(here)));
                  });
            });
    code.add(memory.store(step.output(), index, place.get().cast(DataType.I64)));
  }
}
