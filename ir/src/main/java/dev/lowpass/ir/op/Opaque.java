package dev.lowpass.ir.op;

import dev.lowpass.ir.TensorType;
import java.util.List;

/**
 * An operator that no pass looks into: operands and result are samples of any shape and element type, channels have
 * their places, and no transform passes through. What is common in the networks that Lowpass exists for is no such
 * operator.
 */
public sealed interface Opaque extends Op
    permits AlongAxis, Bitwise, Cast, Comparison, Correlation, Indexed, IsNan, MaxPoolIndices, Reduce, Select {
  @Override
  default ChannelUse channels(List<TensorType> operands) {
    return ChannelUse.PLACED;
  }

  @Override
  default CoefficientUse coefficients(List<TensorType> operands) {
    return CoefficientUse.NONE;
  }
}
