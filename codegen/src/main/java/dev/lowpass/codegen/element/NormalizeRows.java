package dev.lowpass.codegen.element;

import dev.lowpass.codegen.plan.step.NormalizeStep;
import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.codegen.tir.Register;
import dev.lowpass.codegen.tir.math.Approximations;
import dev.lowpass.ir.Shape;
import dev.lowpass.runtime.tvm.DataType;

/** Softmax; an item is one run along the axis. The maximum is subtracted first, so that no exponential overflows. */
record NormalizeRows(NormalizeStep step) implements ElementFunction {
  @Override
  public long count() {
    Shape shape = step.output().shape();
    return shape.elements() / Math.max(1, shape.dim(step.axis()));
  }

  @Override
  public void write(Code code, Memory memory, Expr index) {
    Shape shape = step.output().shape();
    int length = shape.dim(step.axis());
    long inner =
        shape.dims().subList(step.axis() + 1, shape.rank()).stream().mapToLong(d -> d).reduce(1, Math::multiplyExact);
    Expr first = index.floorDiv(inner).times(length * inner).plus(index.floorMod(inner));
    Expr start = code.let("start", first);
    Register largest = code.register("largest", DataType.F32);
    Register total = code.register("total", DataType.F32);
    code.add(largest.set(memory.load(step.input(), start)));
    code.loop(
        "i",
        length,
        (body, i) ->
            body.add(largest.set(largest.get().max(memory.load(step.input(), start.plus(i.times(inner)))))));
    code.add(total.set(Expr.f32(0)));
    code.loop(
        "i",
        length,
        (body, i) -> {
          Expr at = start.plus(i.times(inner));
          Expr power = Approximations.exp(memory.load(step.input(), at).minus(largest.get()));
          Expr known = body.let("power", power);
          body.add(memory.store(step.output(), at, known));
          body.add(total.add(known));
        });
    code.loop(
        "i",
        length,
        (body, i) -> {
          Expr at = start.plus(i.times(inner));
          body.add(memory.store(step.output(), at, memory.load(step.output(), at).over(total.get())));
        });
  }
}
