package dev.lowpass.ir.op;

import dev.lowpass.ir.Domain;
import dev.lowpass.ir.TensorType;
import java.util.List;

/** The inverse of {@link Dct}, x = Dᵀ X D for every block, cropped to the map. Operand: coefficients [N, C, H, W]. */
public record Idct() implements BlockTransform {
  @Override
  public String mnemonic() {
    return "idct";
  }

  @Override
  public Attributes attributes() {
    return Attributes.none();
  }

  @Override
  public TensorType infer(List<TensorType> operands) {
    Operands.count(operands, 1, 1);
    if (operands.get(0).isSpatial()) {
      throw new IllegalArgumentException("takes coefficients, not " + operands.get(0));
    }
    return operands.get(0).withDomain(Domain.SPATIAL);
  }
}
