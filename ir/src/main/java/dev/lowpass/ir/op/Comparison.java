package dev.lowpass.ir.op;

import dev.lowpass.ir.ElementType;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.TensorType;
import java.util.List;
import java.util.Locale;

/** Whether two elements are in a relation, in which NaN is to nothing. Operands: a and b of one type, spatial, broadcast. */
public record Comparison(Kind kind) implements Scalar, Opaque {
  /** The relations; the two others are these with their operands exchanged. */
  public enum Kind {
    EQUAL,
    LESS,
    LESS_OR_EQUAL;

    public boolean holds(double a, double b) {
      return switch (this) {
        case EQUAL -> a == b;
        case LESS -> a < b;
        case LESS_OR_EQUAL -> a <= b;
      };
    }
  }

  @Override
  public String mnemonic() {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public Attributes attributes() {
    return Attributes.none();
  }

  @Override
  public TensorType infer(List<TensorType> operands) {
    Operands.count(operands, 2, 2);
    TensorType a = Operands.spatial(operands.get(0));
    TensorType b = Operands.spatial(operands.get(1));
    if (a.element() != b.element()) {
      throw new IllegalArgumentException("operands of types " + a.element() + " and " + b.element());
    }
    return TensorType.spatial(ElementType.BOOL, Shape.broadcast(a.shape(), b.shape()));
  }
}
