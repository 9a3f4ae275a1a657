package dev.lowpass.ir.op;

import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.TensorType;
import java.util.List;

/** A value known at compile time: weights, or small tensors of numbers. No operands. */
public record Constant(Tensor value) implements Op {
  @Override
  public String mnemonic() {
    return "constant";
  }

  @Override
  public Attributes attributes() {
    return Attributes.none();
  }

  @Override
  public TensorType infer(List<TensorType> operands) {
    Operands.count(operands, 0, 0);
    return value.type();
  }

  @Override
  public String toString() {
    return mnemonic() + " " + value.type();
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
