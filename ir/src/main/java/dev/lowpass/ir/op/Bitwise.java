package dev.lowpass.ir.op;

import dev.lowpass.ir.ElementType;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.TensorType;
import java.util.List;
import java.util.Locale;

/**
 * A function of the bits of two integers, or of two truth values. Shifts are of unsigned integers; one by as
 * many bits as there are leaves 0. Operands: a and b of one type, spatial, broadcast.
 */
public record Bitwise(Kind kind) implements Scalar, Opaque {
  /** The functions. */
  public enum Kind {
    AND,
    OR,
    XOR,
    SHIFT_LEFT,
    SHIFT_RIGHT;

    /** Of numbers of {@code element}, which hold what {@link ElementType#wrapped} says. */
    public long apply(long a, long b, ElementType element) {
      return switch (this) {
        case AND -> a & b;
        case OR -> a | b;
        case XOR -> a ^ b;
        case SHIFT_LEFT -> beyond(b, element) ? 0 : a << b;
        case SHIFT_RIGHT -> beyond(b, element) ? 0 : a >>> b;
      };
    }

    private static boolean beyond(long shift, ElementType element) {
      return shift < 0 || shift >= 8L * element.bytes();
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
    boolean fits =
        switch (kind) {
          case AND, OR, XOR -> !a.element().isFloating();
          case SHIFT_LEFT, SHIFT_RIGHT -> isUnsigned(a.element());
        };
    if (a.element() != b.element() || !fits) {
      throw new IllegalArgumentException("operands of types " + a.element() + " and " + b.element());
    }
    return a.withShape(Shape.broadcast(a.shape(), b.shape()));
  }

  private static boolean isUnsigned(ElementType element) {
    return switch (element) {
      case U8, U16, U32, U64 -> true;
      case F32, F64, F16, BF16, I8, I16, I32, I64, BOOL -> false;
    };
  }
}
