package dev.lowpass.ir.op;

import dev.lowpass.ir.TensorType;
import java.util.List;

/** A transform of the blocks of every channel, or its inverse. */
public sealed interface BlockTransform extends Op permits Dct, Idct {
  @Override
  default ChannelUse channels(List<TensorType> operands) {
    return ChannelUse.APART;
  }

  @Override
  default CoefficientUse coefficients(List<TensorType> operands) {
    return CoefficientUse.NONE;
  }
}
