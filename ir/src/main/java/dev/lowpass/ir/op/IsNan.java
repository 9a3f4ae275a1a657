package dev.lowpass.ir.op;

import dev.lowpass.ir.ElementType;
import dev.lowpass.ir.TensorType;
import java.util.List;

/** Whether an element is no number. Operand: x of any shape, spatial, with fractions. */
public record IsNan() implements Scalar, Opaque {
  @Override
  public String mnemonic() {
    return "is_nan";
  }

  @Override
  public Attributes attributes() {
    return Attributes.none();
  }

  @Override
  public TensorType infer(List<TensorType> operands) {
    Operands.count(operands, 1, 1);
    TensorType x = Operands.spatial(operands.getFirst());
    if (!x.element().isFloating()) {
      throw new IllegalArgumentException("takes numbers with fractions, not " + x);
    }
    return TensorType.spatial(ElementType.BOOL, x.shape());
  }
}
