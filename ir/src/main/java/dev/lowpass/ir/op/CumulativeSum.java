package dev.lowpass.ir.op;

import dev.lowpass.ir.ElementType;
import dev.lowpass.ir.TensorType;
import java.util.List;

/**
 * For each element the sum of all up to it along an axis. Operand: x of any shape, numbers, spatial.
 *
 * @param exclusive without the element itself
 * @param reverse from the end on
 */
public record CumulativeSum(int axis, boolean exclusive, boolean reverse) implements AlongAxis {
  static CumulativeSum parse(Attributes attributes) {
    return new CumulativeSum(
        attributes.whole("axis"), attributes.flag("exclusive", false), attributes.flag("reverse", false));
  }

  @Override
  public String mnemonic() {
    return "cumulative_sum";
  }

  @Override
  public Attributes attributes() {
    return Attributes.none()
        .with("axis", (long) axis)
        .with("exclusive", exclusive, false)
        .with("reverse", reverse, false);
  }

  @Override
  public TensorType infer(List<TensorType> operands) {
    Operands.count(operands, 1, 1);
    TensorType input = Operands.along(operands.get(0), axis);
    if (input.element() == ElementType.BOOL) {
      throw new IllegalArgumentException("no sum of truth values");
    }
    return input;
  }
}
