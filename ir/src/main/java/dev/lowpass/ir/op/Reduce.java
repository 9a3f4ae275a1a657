package dev.lowpass.ir.op;

import dev.lowpass.ir.ElementType;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.TensorType;
import java.util.List;
import java.util.Locale;

/**
 * One number for all elements along some axes, which have extent 1 in the result. Of nothing the sum is 0, the product
 * 1, the mean NaN, the maximum minus infinity and the minimum infinity, or the type's own ends. Operand: x of any shape,
 * spatial.
 *
 * @param axes counted from the front, ascending
 */
public record Reduce(Kind kind, List<Integer> axes) implements Opaque {
  /** What is taken of the elements. */
  public enum Kind {
    SUM,
    MEAN,
    PRODUCT,
    MAX,
    MIN;

    /** The word in IR text. */
    String mnemonic() {
      return "reduce_" + name().toLowerCase(Locale.ROOT);
    }
  }

  public Reduce {
    axes = List.copyOf(axes);
    for (int i = 0; i < axes.size(); i++) {
      if (axes.get(i) < 0 || i > 0 && axes.get(i) <= axes.get(i - 1)) {
        throw new IllegalArgumentException("axes " + axes + " are not ascending numbers of 0 or more");
      }
    }
  }

  static Reduce parse(Kind kind, Attributes attributes) {
    return new Reduce(kind, attributes.wholes("axes"));
  }

  @Override
  public String mnemonic() {
    return kind.mnemonic();
  }

  @Override
  public Attributes attributes() {
    return Attributes.none().with("axes", axes);
  }

  @Override
  public TensorType infer(List<TensorType> operands) {
    Operands.count(operands, 1, 1);
    TensorType input = Operands.spatial(operands.get(0));
    if (input.element() == ElementType.BOOL) {
      throw new IllegalArgumentException("no " + mnemonic() + " of truth values");
    }
    Shape shape = input.shape();
    for (int axis : axes) {
      if (axis >= shape.rank()) {
        throw new IllegalArgumentException("axis " + axis + " of " + input);
      }
      shape = shape.with(axis, 1);
    }
    return input.withShape(shape);
  }
}
