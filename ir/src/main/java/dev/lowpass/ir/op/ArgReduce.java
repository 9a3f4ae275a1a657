package dev.lowpass.ir.op;

import dev.lowpass.ir.ElementType;
import dev.lowpass.ir.TensorType;
import java.util.List;
import java.util.Locale;

/**
 * Where along an axis the greatest or the least element is, as i64 with extent 1 along it. NaN is greater than all
 * numbers. Operand: x of any shape with a first element along the axis, spatial.
 *
 * @param last whether of equal elements the last one counts, else the first
 */
public record ArgReduce(Kind kind, int axis, boolean last) implements AlongAxis {
  /** What is looked for. */
  public enum Kind {
    MAX,
    MIN;

    /** The word in IR text. */
    String mnemonic() {
      return "arg_" + name().toLowerCase(Locale.ROOT);
    }
  }

  static ArgReduce parse(Kind kind, Attributes attributes) {
    return new ArgReduce(kind, attributes.whole("axis"), attributes.flag("last", false));
  }

  @Override
  public String mnemonic() {
    return kind.mnemonic();
  }

  @Override
  public Attributes attributes() {
    return Attributes.none().with("axis", (long) axis).with("last", last, false);
  }

  @Override
  public TensorType infer(List<TensorType> operands) {
    Operands.count(operands, 1, 1);
    TensorType input = Operands.along(operands.get(0), axis);
    if (input.shape().dim(axis) == 0) {
      throw new IllegalArgumentException("none of no elements is the greatest or least: axis " + axis + " of " + input);
    }
    return TensorType.spatial(ElementType.I64, input.shape().with(axis, 1));
  }
}
