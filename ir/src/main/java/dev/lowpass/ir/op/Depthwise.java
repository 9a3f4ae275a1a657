package dev.lowpass.ir.op;

import dev.lowpass.ir.TensorType;
import java.util.List;

/**
 * A depthwise convolution, one filter a channel. Operands: x [N, C, H, W], w [C, kernel height, kernel width],
 * optionally b [C].
 */
public record Depthwise(Window window) implements Layer {
  static Depthwise parse(Attributes attributes) {
    return new Depthwise(Window.parse(attributes, attributes.wholes("kernel")));
  }

  @Override
  public String mnemonic() {
    return "depthwise";
  }

  @Override
  public Attributes attributes() {
    return window.attributes();
  }

  @Override
  public TensorType infer(List<TensorType> operands) {
    Operands.count(operands, 2, 3);
    TensorType input = Operands.floating(Operands.spatialImage(operands.get(0)));
    TensorType weight = Operands.floating(Operands.spatial(operands.get(1)));
    int channels = input.shape().dim(1);
    if (!weight.shape().dims().equals(List.of(channels, window.kernel().get(0), window.kernel().get(1)))) {
      throw new IllegalArgumentException(
          "weight %s for %d channels and a kernel of %s".formatted(weight, channels, window.kernel()));
    }
    Operands.bias(operands, 2, channels);
    return input.withShape(window.output(input.shape(), channels, false));
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
