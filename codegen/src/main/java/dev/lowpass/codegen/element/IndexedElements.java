package dev.lowpass.codegen.element;

import dev.lowpass.codegen.plan.step.GeneralStep;
import dev.lowpass.codegen.plan.value.Slot;
import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.op.Gather;
import dev.lowpass.ir.op.GatherElements;
import dev.lowpass.ir.op.GatherPoints;
import dev.lowpass.ir.op.Indexed;
import dev.lowpass.ir.op.ScatterElements;
import dev.lowpass.ir.op.ScatterPoints;
import dev.lowpass.runtime.tvm.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/**
 * A gather: every element of the output knows where it comes from.
 *
 * @param source from the output's element number to the place in the first input
 */
record IndexedElements(GeneralStep step, BiFunction<Memory, Expr, Expr> source) implements ElementFunction {
  static ElementFunction of(GeneralStep step, Indexed op) {
    Slot x = step.inputs().get(0);
    Slot indices = step.inputs().get(1);
    return switch (op) {
      case Gather gather -> new IndexedElements(step, (memory, at) -> slice(memory, gather.axis(), x, indices, at));
      case GatherElements gather ->
          new IndexedElements(step, (memory, at) -> element(memory, gather.axis(), x, indices, at));
      case GatherPoints gather ->
          new IndexedElements(step, (memory, at) -> point(memory, gather.batch(), x, indices, at, step.output()));
      case ScatterElements scatter -> new ScatterLines(step, scatter);
      case ScatterPoints scatter -> new ScatterParts(step, scatter);
    };
  }

  @Override
  public long count() {
    return step.output().shape().elements();
  }

  @Override
  public void write(Code code, Memory memory, Expr index) {
    Expr from = code.let("from", source.apply(memory, index));
    code.add(memory.store(step.output(), index, memory.load(step.inputs().getFirst(), from)));
  }

  /** Index number {@code at} as a place on an axis of {@code extent} elements: never outside, whatever it is. */
  static Expr place(Memory memory, Slot indices, Expr at, int extent) {
    Expr index = memory.load(indices, at).cast(DataType.I64);
    Expr fromFront = index.lessThan(0).select(index.plus(extent), index);
    return fromFront.max(0).min(extent - 1).cast(DataType.I32);
  }

  private static Expr slice(Memory memory, int axis, Slot x, Slot indices, Expr at) {
    Shape shape = x.shape();
    long inner = elements(shape, axis + 1, shape.rank());
    long count = indices.shape().elements();
    Expr place = place(memory, indices, at.floorDiv(inner).floorMod(count), shape.dim(axis));
    Expr line = at.floorDiv(inner * count).times(shape.dim(axis)).plus(place);
    return line.times(inner).plus(at.floorMod(inner));
  }

  private static Expr element(Memory memory, int axis, Slot x, Slot indices, Expr at) {
    List<Expr> place = new ArrayList<>(Addressing.coordinates(indices.shape(), at));
    place.set(axis, place(memory, indices, at, x.shape().dim(axis)));
    return Addressing.rowMajor(x.shape(), place);
  }

  private static Expr point(Memory memory, int batch, Slot x, Slot indices, Expr at, Slot output) {
    Shape shape = x.shape();
    int length = indices.shape().dim(-1);
    long inner = elements(shape, batch + length, shape.rank());
    long points = output.shape().elements() / inner / elements(shape, 0, batch);
    Expr point = at.floorDiv(inner);
    return part(memory, x, batch, indices, point.floorDiv(points), point).times(inner).plus(at.floorMod(inner));
  }

  /** The number of the part of {@code x} that tuple {@code point} of the indices names in batch {@code first}. */
  static Expr part(Memory memory, Slot x, int batch, Slot indices, Expr first, Expr point) {
    int length = indices.shape().dim(-1);
    Expr part = first;
    for (int k = 0; k < length; k++) {
      int extent = x.shape().dim(batch + k);
      part = part.times(extent).plus(place(memory, indices, point.times(length).plus(k), extent));
    }
    return part;
  }

  /** The number of elements along the axes from {@code first} to before {@code end}. */
  static long elements(Shape shape, int first, int end) {
    return new Shape(shape.dims().subList(first, end)).elements();
  }
}
