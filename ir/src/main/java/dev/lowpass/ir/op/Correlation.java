package dev.lowpass.ir.op;

import dev.lowpass.ir.TensorType;
import java.util.List;

/**
 * A {@link Convolution} whose weights, or whose bias, are computed at run time. Operands: x [N, C, H, W], w [M, C/groups,
 * kernel height, kernel width], optionally b [M].
 */
public record Correlation(Window window, int groups) implements Opaque {
  public Correlation {
    new Convolution(window, groups);
  }

  static Correlation parse(Attributes attributes) {
    return new Correlation(Window.parse(attributes, attributes.wholes("kernel")), attributes.whole("groups", 1));
  }

  /** The same with constant weights. */
  public Convolution convolution() {
    return new Convolution(window, groups);
  }

  @Override
  public String mnemonic() {
    return "correlation";
  }

  @Override
  public Attributes attributes() {
    return convolution().attributes();
  }

  @Override
  public TensorType infer(List<TensorType> operands) {
    return convolution().infer(operands);
  }
}
