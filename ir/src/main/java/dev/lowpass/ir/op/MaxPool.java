package dev.lowpass.ir.op;

import dev.lowpass.ir.TensorType;
import java.util.List;

/** The maximum of every window; padding never wins. Operand: x [N, C, H, W]. */
public record MaxPool(Window window, boolean ceil) implements Pool {
  static MaxPool parse(Attributes attributes) {
    return new MaxPool(Window.parse(attributes, attributes.wholes("kernel")), attributes.flag("ceil", false));
  }

  @Override
  public String mnemonic() {
    return "max_pool";
  }

  @Override
  public Attributes attributes() {
    return window.attributes().with("ceil", ceil, false);
  }

  @Override
  public TensorType infer(List<TensorType> operands) {
    Operands.count(operands, 1, 1);
    TensorType input = Operands.spatialImage(operands.get(0));
    return input.withShape(window.output(input.shape(), input.shape().dim(1), ceil));
  }

  @Override
  public CoefficientUse coefficients(List<TensorType> operands) {
    return CoefficientUse.NONE;
  }
}
