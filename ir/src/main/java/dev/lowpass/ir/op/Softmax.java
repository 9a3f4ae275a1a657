package dev.lowpass.ir.op;

import dev.lowpass.ir.TensorType;
import java.util.List;

/** e^x / Σ e^x over one axis, counted from the front. Operand: x of any shape. */
public record Softmax(int axis) implements Op {
  static Softmax parse(Attributes attributes) {
    return new Softmax(attributes.whole("axis"));
  }

  @Override
  public String mnemonic() {
    return "softmax";
  }

  @Override
  public Attributes attributes() {
    return Attributes.none().with("axis", (long) axis);
  }

  @Override
  public TensorType infer(List<TensorType> operands) {
    Operands.count(operands, 1, 1);
    return Operands.floating(Operands.along(operands.get(0), axis));
  }

  @Override
  public ChannelUse channels(List<TensorType> operands) {
    return ChannelUse.PLACED;
  }

  @Override
  public CoefficientUse coefficients(List<TensorType> operands) {
    return CoefficientUse.NONE;
  }
}
