package dev.lowpass.codegen.element;

import dev.lowpass.codegen.plan.step.GeneralStep;
import dev.lowpass.codegen.plan.value.Slot;
import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.codegen.tir.Register;
import dev.lowpass.codegen.tir.math.Intrinsics;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.op.Reduce;
import dev.lowpass.runtime.tvm.DataType;
import java.util.ArrayList;
import java.util.List;

/** One number of all elements along some axes; an item is one result. */
record ReduceElements(GeneralStep step, Reduce reduce) implements ElementFunction {
  @Override
  public long count() {
    return step.output().shape().elements();
  }

  @Override
  public void write(Code code, Memory memory, Expr index) {
    Slot input = step.inputs().getFirst();
    Shape shape = input.shape();
    List<Expr> at = Addressing.coordinates(step.output().shape(), index);
    Expr first = code.let("first", Addressing.rowMajor(shape, at));
    DataType type = Encoded.computed(input.element());
    Register total = code.register("total", type);
    code.add(total.set(start(type, input)));
    along(
        code,
        shape,
        0,
        first,
        (body, place) -> body.add(total.set(join(total.get(), memory.load(input, place)))));
    long count = reduce.axes().stream().mapToLong(shape::dim).reduce(1, Math::multiplyExact);
    Expr result = reduce.kind() == Reduce.Kind.MEAN ? mean(total.get(), count) : total.get();
    code.add(memory.store(step.output(), index, result));
  }

  /** Loops over the reduced axes from number {@code i} on, each inside the one before. */
  private void along(Code code, Shape shape, int i, Expr place, Body body) {
    if (i == reduce.axes().size()) {
      body.write(code, place);
      return;
    }
    int axis = reduce.axes().get(i);
    long pitch = new Shape(shape.dims().subList(axis + 1, shape.rank())).elements();
    code.loop("i", shape.dim(axis), (inner, k) -> along(inner, shape, i + 1, place.plus(k.times(pitch)), body));
  }

  private interface Body {
    void write(Code code, Expr place);
  }

  private Expr start(DataType type, Slot input) {
    return Expr.constant(
        type,
        switch (reduce.kind()) {
          case SUM, MEAN -> 0;
          case PRODUCT -> 1;
          case MAX -> input.element().least();
          case MIN -> input.element().most();
        });
  }

  private Expr join(Expr total, Expr value) {
    return switch (reduce.kind()) {
      case SUM, MEAN -> total.plus(value);
      case PRODUCT -> total.times(value);
      case MAX -> Intrinsics.maximum(total, value);
      case MIN -> Intrinsics.minimum(total, value);
    };
  }

  private static Expr mean(Expr total, long count) {
    // Of nothing it is 0 / 0, as NaN of numbers with fractions.
    return total.type().isFloat() || count != 0 ? total.over(count) : total;
  }
}
