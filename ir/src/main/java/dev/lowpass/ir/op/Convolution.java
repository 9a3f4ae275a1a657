package dev.lowpass.ir.op;

import dev.lowpass.ir.Precision;
import dev.lowpass.ir.TensorType;
import java.util.List;

/**
 * A general two-dimensional convolution (ONNX Conv). Operands: x [N, C, H, W], w [M, C/groups, kernel height, kernel
 * width], optionally b [M].
 *
 * @param precision in which x and w are multiplied
 */
public record Convolution(Window window, int groups, Precision precision) implements Layer {
  public Convolution(Window window, int groups) {
    this(window, groups, Precision.FLOAT32);
  }

  public Convolution {
    if (groups < 1) {
      throw new IllegalArgumentException("groups is 1 or more, not " + groups);
    }
  }

  static Convolution parse(Attributes attributes) {
    Window window = Window.parse(attributes, attributes.wholes("kernel"));
    return new Convolution(window, attributes.whole("groups", 1), attributes.precision());
  }

  public Convolution with(Precision other) {
    return new Convolution(window, groups, other);
  }

  @Override
  public String mnemonic() {
    return "convolution";
  }

  @Override
  public Attributes attributes() {
    return window.attributes().with("groups", groups, 1).with(precision);
  }

  @Override
  public TensorType infer(List<TensorType> operands) {
    Operands.count(operands, 2, 3);
    TensorType input = Operands.floating(Operands.spatialImage(operands.get(0)));
    TensorType weight = Operands.floating(Operands.image(Operands.spatial(operands.get(1))));
    int channels = input.shape().dim(1);
    int outputs = weight.shape().dim(0);
    boolean fits =
        weight.shape().dim(1) * groups == channels
            && outputs % groups == 0
            && weight.shape().dims().subList(2, 4).equals(window.kernel());
    if (!fits) {
      throw new IllegalArgumentException(
          "weight %s for %d channels in %d groups and a kernel of %s".formatted(weight, channels, groups, window.kernel()));
    }
    Operands.bias(operands, 2, outputs);
    return input.withShape(window.output(input.shape(), outputs, false));
  }

  @Override
  public ChannelUse channels(List<TensorType> operands) {
    return groups == 1 ? ChannelUse.SUMMED : ChannelUse.PLACED;
  }

  @Override
  public CoefficientUse coefficients(List<TensorType> operands) {
    return CoefficientUse.NONE;
  }
}
