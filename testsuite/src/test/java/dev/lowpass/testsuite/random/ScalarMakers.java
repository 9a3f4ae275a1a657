package dev.lowpass.testsuite.random;

import dev.lowpass.ir.ElementType;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.op.Binary;
import dev.lowpass.ir.op.Cast;
import dev.lowpass.ir.op.Clip;
import dev.lowpass.ir.op.Elu;
import dev.lowpass.ir.op.HardSigmoid;
import dev.lowpass.ir.op.HardSwish;
import dev.lowpass.ir.op.LeakyRelu;
import dev.lowpass.ir.op.MathFunction;
import dev.lowpass.ir.op.Relu;
import dev.lowpass.ir.op.Select;
import dev.lowpass.ir.op.Sigmoid;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Functions of the elements at one place. */
final class ScalarMakers {
  static final List<Maker> ALL =
      List.of(
          ScalarMakers::activation,
          ScalarMakers::activation,
          ScalarMakers::mathematics,
          ScalarMakers::pair,
          ScalarMakers::pair,
          ScalarMakers::withConstant,
          ScalarMakers::prelu,
          ScalarMakers::cast,
          ScalarMakers::select);

  private ScalarMakers() {}

  private static Optional<Maker.Idea> activation(Draft draft) {
    return draft
        .real()
        .flatMap(
            x ->
                Maker.Idea.of(
                    switch (draft.below(7)) {
                      case 0 -> new Relu();
                      case 1 -> new Clip((float) draft.real(-2, 0), (float) draft.real(0, 6));
                      case 2 -> new Sigmoid();
                      case 3 -> new HardSigmoid((float) draft.real(0.1, 0.5), (float) draft.real(0, 1));
                      case 4 -> new LeakyRelu((float) draft.real(-0.2, 0.5));
                      case 5 -> new Elu((float) draft.real(0, 2), draft.chance(2) ? 1 : (float) draft.real(0.5, 1.5));
                      default -> new HardSwish();
                    },
                    x));
  }

  private static Optional<Maker.Idea> mathematics(Draft draft) {
    MathFunction.Kind[] kinds = MathFunction.Kind.values();
    MathFunction.Kind kind = kinds[draft.below(kinds.length)];
    return draft
        .real()
        .flatMap(x -> Maker.Idea.of(new MathFunction(kind), draft.chance(2) ? x : where(draft, kind, x)));
  }

  /** Numbers of which {@code kind} gives numbers. */
  private static Value where(Draft draft, MathFunction.Kind kind, Value x) {
    return switch (kind) {
      case LOG, SQRT, ASIN, ACOS, ATANH -> draft.step(new Sigmoid(), x);
      case ACOSH -> draft.step(new MathFunction(MathFunction.Kind.COSH), x);
      case ABS, NEG, SIGN, EXP, RECIPROCAL, FLOOR, CEIL, ROUND, SIN, COS, TAN, ATAN, SINH, COSH, TANH, ASINH, ERF, GELU,
          GELU_TANH, SOFTPLUS, SOFTSIGN, MISH, SWISH ->
          x;
    };
  }

  private static Binary binary(Draft draft) {
    // Slopes broadcast one way only.
    List<Binary.Kind> kinds = Stream.of(Binary.Kind.values()).filter(kind -> kind != Binary.Kind.PRELU).toList();
    return new Binary(kinds.get(draft.below(kinds.size())));
  }

  private static Optional<Maker.Idea> pair(Draft draft) {
    return draft
        .value(type -> true)
        .flatMap(
            x ->
                draft
                    .value(type -> type.element() == x.type().element())
                    .flatMap(y -> Maker.Idea.of(binary(draft), x, y)));
  }

  private static Optional<Maker.Idea> withConstant(Draft draft) {
    return draft
        .real()
        .flatMap(
            x -> {
              int rank = x.type().shape().rank();
              int[] shape = new int[draft.below(rank + 1)];
              for (int axis = 0; axis < shape.length; axis++) {
                shape[axis] = draft.chance(2) ? 1 : x.type().shape().dim(rank - shape.length + axis);
              }
              Value constant = draft.constant(2, shape);
              return draft.chance(2)
                  ? Maker.Idea.of(binary(draft), x, constant)
                  : Maker.Idea.of(binary(draft), constant, x);
            });
  }

  /** A slope broadcasts to its operand, and not the other way. */
  private static Optional<Maker.Idea> prelu(Draft draft) {
    return draft
        .image()
        .flatMap(
            x -> {
              int channels = x.type().shape().dim(1);
              Value slope = draft.chance(2) ? draft.constant(1, channels, 1, 1) : draft.constant(1);
              return Maker.Idea.of(new Binary(Binary.Kind.PRELU), x, slope);
            });
  }

  private static Optional<Maker.Idea> cast(Draft draft) {
    ElementType[] types = ElementType.values();
    ElementType to = types[draft.below(types.length)];
    boolean half = to.isFloating() && to != ElementType.F32;
    return half ? Optional.empty() : draft.value(type -> true).flatMap(x -> Maker.Idea.of(new Cast(to), x));
  }

  private static Optional<Maker.Idea> select(Draft draft) {
    return draft
        .value(type -> type.element() == ElementType.BOOL)
        .flatMap(
            condition ->
                draft.real().flatMap(x -> draft.real().flatMap(y -> Maker.Idea.of(new Select(), condition, x, y))));
  }
}
