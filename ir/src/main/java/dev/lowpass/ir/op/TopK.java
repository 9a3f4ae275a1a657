package dev.lowpass.ir.op;

import dev.lowpass.ir.ElementType;
import dev.lowpass.ir.TensorType;
import java.util.List;
import java.util.Locale;

/**
 * The {@code count} greatest or least elements along an axis in order, or where they are, as i64. Of equal ones the
 * first comes first; NaN is greater than all numbers. Operand: x of any shape, spatial.
 */
public record TopK(Part part, int axis, int count, boolean largest) implements AlongAxis {
  /** Which result. */
  public enum Part {
    VALUES,
    INDICES;

    /** The word in IR text. */
    String mnemonic() {
      return "top_" + name().toLowerCase(Locale.ROOT);
    }
  }

  static TopK parse(Part part, Attributes attributes) {
    return new TopK(
        part, attributes.whole("axis"), attributes.whole("count"), attributes.flag("largest", true));
  }

  @Override
  public String mnemonic() {
    return part.mnemonic();
  }

  @Override
  public Attributes attributes() {
    return Attributes.none().with("axis", (long) axis).with("count", (long) count).with("largest", largest, true);
  }

  @Override
  public TensorType infer(List<TensorType> operands) {
    Operands.count(operands, 1, 1);
    TensorType input = Operands.along(operands.get(0), axis);
    if (count < 0 || count > input.shape().dim(axis)) {
      throw new IllegalArgumentException(count + " elements along axis " + axis + " of " + input);
    }
    TensorType values = input.withShape(input.shape().with(axis, count));
    return switch (part) {
      case VALUES -> values;
      case INDICES -> TensorType.spatial(ElementType.I64, values.shape());
    };
  }
}
