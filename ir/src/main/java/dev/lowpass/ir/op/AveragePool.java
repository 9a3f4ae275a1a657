package dev.lowpass.ir.op;

import dev.lowpass.ir.TensorType;
import java.util.List;

/** The mean of every window. Operand: x [N, C, H, W]. Padding counts as zeros if {@code countPads}, else not at all. */
public record AveragePool(Window window, boolean ceil, boolean countPads) implements Pool {
  static AveragePool parse(Attributes attributes) {
    Window window = Window.parse(attributes, attributes.wholes("kernel"));
    return new AveragePool(window, attributes.flag("ceil", false), attributes.flag("count_pads", false));
  }

  @Override
  public String mnemonic() {
    return "average_pool";
  }

  @Override
  public Attributes attributes() {
    return window.attributes().with("ceil", ceil, false).with("count_pads", countPads, false);
  }

  @Override
  public TensorType infer(List<TensorType> operands) {
    Operands.count(operands, 1, 1);
    TensorType input = Operands.floating(Operands.spatialImage(operands.get(0)));
    return input.withShape(window.output(input.shape(), input.shape().dim(1), ceil));
  }

  @Override
  public CoefficientUse coefficients(List<TensorType> operands) {
    return CoefficientUse.NONE;
  }
}
