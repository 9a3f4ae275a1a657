package dev.lowpass.ir.op;

import dev.lowpass.ir.ElementType;
import dev.lowpass.ir.TensorType;
import java.util.List;
import java.util.Optional;

/** A function of one element at a time. Operand: x of any shape, spatial; none of these commutes with a transform. */
public sealed interface Elementwise extends Scalar
    permits Relu, Clip, Sigmoid, HardSigmoid, HardSwish, LeakyRelu, Elu, MathFunction, Narrowing {
  /** The function itself, in double precision. */
  double apply(double x);

  /** Whether it is zero for a whole range of x: then many of its results are. */
  default boolean leavesZeros() {
    return false;
  }

  /** Whether it is a function of integers too. */
  default boolean takesIntegers() {
    return false;
  }

  /** This function as a line between bounds, if it is one. */
  default Optional<Clamp> clamp() {
    return Optional.empty();
  }

  @Override
  default ChannelUse channels(List<TensorType> operands) {
    return ChannelUse.APART;
  }

  @Override
  default CoefficientUse coefficients(List<TensorType> operands) {
    return CoefficientUse.NONE;
  }

  @Override
  default TensorType infer(List<TensorType> operands) {
    Operands.count(operands, 1, 1);
    TensorType x = Operands.spatial(operands.getFirst());
    if (!x.element().isFloating() && (!takesIntegers() || x.element() == ElementType.BOOL)) {
      throw new IllegalArgumentException("no " + mnemonic() + " of " + x);
    }
    return x;
  }
}
