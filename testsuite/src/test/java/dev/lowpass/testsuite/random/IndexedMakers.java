package dev.lowpass.testsuite.random;

import dev.lowpass.ir.ElementType;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.op.Expand;
import dev.lowpass.ir.op.Gather;
import dev.lowpass.ir.op.GatherElements;
import dev.lowpass.ir.op.GatherPoints;
import dev.lowpass.ir.op.Join;
import dev.lowpass.ir.op.ScatterElements;
import dev.lowpass.ir.op.ScatterPoints;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/** Operators that read and write at places which others name. Places are inside: ONNX Runtime refuses others. */
final class IndexedMakers {
  static final List<Maker> ALL =
      List.of(
          IndexedMakers::expand,
          IndexedMakers::gather,
          IndexedMakers::gatherElements,
          IndexedMakers::gatherPoints,
          IndexedMakers::scatterElements,
          IndexedMakers::scatterPoints);

  private IndexedMakers() {}

  private static Optional<Value> any(Draft draft) {
    return draft.value(type -> type.shape().rank() > 0 && type.shape().elements() > 0);
  }

  /** Numbers that may come more than once. */
  private static Optional<Value> real(Draft draft) {
    return draft.value(type -> type.shape().rank() > 0 && type.element() == ElementType.F32);
  }

  private static Value indices(Draft draft, int bound, Shape shape) {
    return indices(draft, draft.chance(2) ? ElementType.I64 : ElementType.I32, bound, shape);
  }

  private static Value indices(Draft draft, ElementType element, int bound, Shape shape) {
    long[] values = new long[Math.toIntExact(shape.elements())];
    for (int i = 0; i < values.length; i++) {
      values[i] = draft.below(2 * bound) - bound;
    }
    return draft.constant(Tensor.ofIntegers(element, values, shape));
  }

  private static Optional<Maker.Idea> expand(Draft draft) {
    return any(draft)
        .flatMap(
            x -> {
              List<Integer> dims = new ArrayList<>();
              for (int extent : x.type().shape().dims()) {
                dims.add(extent == 1 ? 1 + draft.below(4) : extent);
              }
              if (draft.chance(2)) {
                dims.addFirst(1 + draft.below(3));
              }
              return Maker.Idea.of(new Expand(new Shape(dims)), x);
            });
  }

  private static Optional<Maker.Idea> gather(Draft draft) {
    return any(draft)
        .flatMap(
            x -> {
              int axis = draft.below(x.type().shape().rank());
              Shape shape = draft.chance(3) ? Shape.of() : Shape.of(1 + draft.below(20));
              return Maker.Idea.of(new Gather(axis), x, indices(draft, x.type().shape().dim(axis), shape));
            });
  }

  private static Optional<Maker.Idea> gatherElements(Draft draft) {
    return any(draft)
        .flatMap(
            x -> {
              int axis = draft.below(x.type().shape().rank());
              Shape shape = beside(draft, x.type().shape(), axis);
              return Maker.Idea.of(
                  new GatherElements(axis), x, indices(draft, x.type().shape().dim(axis), shape));
            });
  }

  /** The shape of indices along {@code axis} of {@code shape}. */
  private static Shape beside(Draft draft, Shape shape, int axis) {
    List<Integer> dims = new ArrayList<>(shape.dims().stream().map(extent -> 1 + draft.below(extent)).toList());
    dims.set(axis, 1 + draft.below(6));
    return new Shape(dims);
  }

  private static Optional<Maker.Idea> gatherPoints(Draft draft) {
    return any(draft)
        .flatMap(
            x -> {
              Shape shape = x.type().shape();
              int length = 1 + draft.below(shape.rank());
              int least = shape.dims().subList(0, length).stream().min(Integer::compare).orElseThrow();
              Shape points = Shape.of(1 + draft.below(9), length);
              // ONNX takes tuples of 64 bits only.
              return Maker.Idea.of(new GatherPoints(0), x, indices(draft, ElementType.I64, least, points));
            });
  }

  private static Optional<Maker.Idea> scatterElements(Draft draft) {
    return real(draft)
        .flatMap(
            x -> {
              int axis = draft.below(x.type().shape().rank());
              Shape shape = beside(draft, x.type().shape(), axis);
              Join join = Join.values()[draft.below(Join.values().length)];
              return Maker.Idea.of(
                  new ScatterElements(axis, join),
                  x,
                  indices(draft, x.type().shape().dim(axis), shape),
                  draft.constant(1, shape.toArray()));
            });
  }

  /** Each place once: ONNX Runtime writes at the same one in any order. */
  private static Optional<Maker.Idea> scatterPoints(Draft draft) {
    return real(draft)
        .flatMap(
            x -> {
              Shape shape = x.type().shape();
              List<Integer> rows = new ArrayList<>(IntStream.range(0, shape.dim(0)).boxed().toList());
              Collections.shuffle(rows, new Random(draft.below(1 << 20)));
              int count = 1 + draft.below(rows.size());
              long[] places = rows.stream().limit(count).mapToLong(Integer::longValue).toArray();
              return Maker.Idea.of(
                  new ScatterPoints(Join.values()[draft.below(Join.values().length)]),
                  x,
                  draft.constant(Tensor.ofIntegers(ElementType.I64, places, Shape.of(count, 1))),
                  draft.constant(1, shape.with(0, count).toArray()));
            });
  }
}
