package dev.lowpass.testsuite.random;

import dev.lowpass.ir.ElementType;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.TensorType;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.op.Binary;
import dev.lowpass.ir.op.Bitwise;
import dev.lowpass.ir.op.Cast;
import dev.lowpass.ir.op.Comparison;
import dev.lowpass.ir.op.IsNan;
import dev.lowpass.ir.op.Op;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Truth values and bits. */
final class RelationMakers {
  static final List<Maker> ALL =
      List.of(RelationMakers::comparison, RelationMakers::comparison, RelationMakers::bitwise, RelationMakers::isNan);

  private RelationMakers() {}

  private static Optional<Maker.Idea> comparison(Draft draft) {
    Comparison.Kind kind = Comparison.Kind.values()[draft.below(Comparison.Kind.values().length)];
    return pair(draft, new Comparison(kind), _ -> true);
  }

  private static Optional<Maker.Idea> bitwise(Draft draft) {
    Bitwise.Kind kind = Bitwise.Kind.values()[draft.below(Bitwise.Kind.values().length)];
    return pair(draft, new Bitwise(kind), type -> !type.element().isFloating());
  }

  /** Of a value and another, or a constant that broadcasts to it. */
  private static Optional<Maker.Idea> pair(Draft draft, Op op, Predicate<TensorType> condition) {
    return draft
        .value(condition)
        .flatMap(
            x -> {
              boolean stored = draft.chance(2);
              Optional<Value> other =
                  stored
                      ? Optional.of(constant(draft, x))
                      : draft.value(type -> type.element() == x.type().element());
              return other.flatMap(
                  y -> draft.chance(2) ? Maker.Idea.of(op, x, y) : Maker.Idea.of(op, y, x));
            });
  }

  /** Small whole numbers, which are equal to what they are compared with now and then. */
  private static Value constant(Draft draft, Value x) {
    ElementType element = x.type().element();
    Shape shape = draft.chance(2) ? x.type().shape() : Shape.of();
    int elements = Math.toIntExact(shape.elements());
    long[] values = new long[elements];
    float[] reals = new float[elements];
    for (int i = 0; i < elements; i++) {
      values[i] = draft.below(element == ElementType.BOOL ? 2 : 5);
      reals[i] = (float) draft.real(-1, 1);
    }
    return draft.constant(
        element.isFloating()
            ? Tensor.ofFloats(element, reals, shape)
            : Tensor.ofIntegers(element, values, shape));
  }

  /** Of 0 divided by 0 where a truth value is false: no other operator here makes what is no number. */
  private static Optional<Maker.Idea> isNan(Draft draft) {
    if (draft.chance(2)) {
      return draft.real().flatMap(x -> Maker.Idea.of(new IsNan(), x));
    }
    return draft
        .value(type -> type.element() == ElementType.BOOL)
        .flatMap(
            x -> {
              Value number = draft.step(new Cast(ElementType.F32), x);
              return Maker.Idea.of(new IsNan(), draft.step(new Binary(Binary.Kind.DIV), number, number));
            });
  }
}
