package dev.lowpass.ir.op;

import dev.lowpass.ir.TensorType;
import java.util.List;

/**
 * Inference-mode batch normalisation: (x - mean) / sqrt(variance + epsilon) · scale + bias, channel by channel.
 * Operands: x [N, C, ...], scale, bias, mean, variance [C].
 */
public record BatchNormalization(float epsilon) implements Op {
  static BatchNormalization parse(Attributes attributes) {
    return new BatchNormalization((float) attributes.real("epsilon"));
  }

  @Override
  public String mnemonic() {
    return "batch_normalization";
  }

  @Override
  public Attributes attributes() {
    return Attributes.none().with("epsilon", (double) epsilon);
  }

  @Override
  public TensorType infer(List<TensorType> operands) {
    Operands.count(operands, 5, 5);
    TensorType input = Operands.floating(Operands.spatial(operands.get(0)));
    if (input.shape().rank() < 2) {
      throw new IllegalArgumentException("takes [N, C, ...], not " + input);
    }
    for (int i = 1; i < 5; i++) {
      Operands.bias(operands, i, input.shape().dim(1));
    }
    return input;
  }

  @Override
  public ChannelUse channels(List<TensorType> operands) {
    return ChannelUse.APART;
  }

  @Override
  public CoefficientUse coefficients(List<TensorType> operands) {
    return CoefficientUse.NONE;
  }
}
