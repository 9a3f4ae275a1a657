package dev.lowpass.ir.op;

import dev.lowpass.ir.TensorType;
import java.util.List;

/** One number of many neighbours of a channel. Operand: x [N, C, H, W]. */
public sealed interface Pool extends Op permits GlobalAveragePool, AveragePool, MaxPool {
  @Override
  default ChannelUse channels(List<TensorType> operands) {
    return ChannelUse.APART;
  }
}
