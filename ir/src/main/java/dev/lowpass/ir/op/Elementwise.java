package dev.lowpass.ir.op;

import dev.lowpass.ir.TensorType;
import java.util.List;

/** A function of one element at a time. Operand: x of any shape, spatial; none of these commutes with a transform. */
public sealed interface Elementwise extends Op permits Relu, Clip, Sigmoid, HardSigmoid, HardSwish, MathFunction {
  /** The function itself, in double precision. */
  double apply(double x);

  /** Whether it is zero for a whole range of x: then many of its results are. */
  default boolean leavesZeros() {
    return false;
  }

  @Override
  default TensorType infer(List<TensorType> operands) {
    Operands.count(operands, 1, 1);
    return Operands.spatial(operands.get(0));
  }
}
