package dev.lowpass.ir.op;

import dev.lowpass.ir.ElementType;
import dev.lowpass.ir.TensorType;
import java.util.List;

/**
 * Every element as a number of another type. Fractions are rounded to the nearest, ties to even; to an integer type they
 * are cut towards zero to 64 bits (NaN to 0), of which the type's low bits are kept; what is not 0 is true. Operand: x
 * of any shape, spatial.
 */
public record Cast(ElementType to) implements Scalar, Opaque {
  static Cast parse(Attributes attributes) {
    return new Cast(attributes.word("to", ElementType::parse, "an element type such as f32"));
  }

  @Override
  public String mnemonic() {
    return "cast";
  }

  @Override
  public Attributes attributes() {
    return Attributes.none().with("to", new Attributes.Word(to.toString()));
  }

  @Override
  public TensorType infer(List<TensorType> operands) {
    Operands.count(operands, 1, 1);
    return TensorType.spatial(to, Operands.spatial(operands.get(0)).shape());
  }
}
