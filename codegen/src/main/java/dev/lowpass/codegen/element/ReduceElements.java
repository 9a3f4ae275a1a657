package dev.lowpass.codegen.element;

import dev.lowpass.codegen.plan.step.GeneralStep;
import dev.lowpass.codegen.plan.value.Slot;
import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.codegen.tir.math.Intrinsics;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.op.Reduce;
import dev.lowpass.runtime.tvm.DataType;
import java.util.List;

/**
 * One number of all elements along some axes; an item is one result, or as many neighbours as a vector has lanes where
 * the last axis stays.
 */
record ReduceElements(GeneralStep step, Reduce reduce, Sweep sweep) implements ElementFunction {
  /** The most bytes of a register. */
  private static final int MOST_BYTES = 64;

  /** With vectors of {@code lanes} elements where they fit. */
  static ReduceElements of(GeneralStep step, Reduce reduce, int lanes) {
    Slot input = step.inputs().getFirst();
    boolean wide = Encoded.computed(input.element()).bytes() * lanes > MOST_BYTES;
    boolean vectors = Memory.isVector(input) && Memory.isVector(step.output()) && !wide && !reduce.axes().isEmpty();
    return new ReduceElements(step, reduce, vectors ? sweep(input.shape(), reduce, lanes) : Sweep.SCALAR);
  }

  private static Sweep sweep(Shape shape, Reduce reduce, int lanes) {
    int last = reduce.axes().getLast();
    return Sweep.of(pitch(shape, last), shape.dim(last), lanes);
  }

  private static long pitch(Shape shape, int axis) {
    return new Shape(shape.dims().subList(axis + 1, shape.rank())).elements();
  }

  @Override
  public long count() {
    return step.output().shape().elements() / sweep.across();
  }

  @Override
  public long weight() {
    return Math.ceilDiv(reduced(), sweep.along());
  }

  private long reduced() {
    Shape shape = step.inputs().getFirst().shape();
    return reduce.axes().stream().mapToLong(shape::dim).reduce(1, Math::multiplyExact);
  }

  @Override
  public void write(Code code, Memory memory, Expr index) {
    Slot input = step.inputs().getFirst();
    Shape shape = input.shape();
    Expr target = code.let("target", index.times(sweep.across()));
    List<Expr> at = Addressing.coordinates(step.output().shape(), target);
    Expr first = code.let("first", Addressing.rowMajor(shape, at));
    DataType type = Encoded.computed(input.element());
    Accumulator total = new Accumulator(code, "total", type, sweep, start(input), this::join);
    along(code, shape, 0, first, (body, place, lanes) -> body.add(total.take(memory.load(input, place, lanes))));
    Expr all = total.get(code);
    code.add(memory.store(step.output(), target, reduce.kind() == Reduce.Kind.MEAN ? mean(all, reduced()) : all));
  }

  /** Loops over the reduced axes from number {@code i} on, each inside the one before. */
  private void along(Code code, Shape shape, int i, Expr place, Sweep.Body body) {
    if (i == reduce.axes().size()) {
      body.write(code, place, sweep.across());
      return;
    }
    int axis = reduce.axes().get(i);
    long pitch = pitch(shape, axis);
    if (i == reduce.axes().size() - 1) {
      sweep.each(code, shape.dim(axis), (inner, k, lanes) -> body.write(inner, place.plus(k.times(pitch)), lanes));
    } else {
      code.loop("k", shape.dim(axis), (inner, k) -> along(inner, shape, i + 1, place.plus(k.times(pitch)), body));
    }
  }

  private double start(Slot input) {
    return switch (reduce.kind()) {
      case SUM, MEAN -> 0;
      case PRODUCT -> 1;
      case MAX -> input.element().least();
      case MIN -> input.element().most();
    };
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
