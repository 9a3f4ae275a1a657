package dev.lowpass.ir;

/** The type of a tensor's elements. Computation is in {@code f32}; the others carry indices, shapes and masks. */
public enum ElementType {
  F32("f32", 4),
  F64("f64", 8),
  I8("i8", 1),
  U8("u8", 1),
  I32("i32", 4),
  I64("i64", 8),
  BOOL("bool", 1);

  private final String text;
  private final int bytes;

  ElementType(String text, int bytes) {
    this.text = text;
    this.bytes = bytes;
  }

  /** Size of one element in bytes. */
  public int bytes() {
    return bytes;
  }

  public boolean isFloating() {
    return this == F32 || this == F64;
  }

  /** Whether {@code value} is a number of this type; of floating-point types every integer is taken for one. */
  public boolean holds(long value) {
    return switch (this) {
      case F32, F64, I64 -> true;
      case I8 -> value == (byte) value;
      case U8 -> value >= 0 && value <= 255;
      case I32 -> value == (int) value;
      case BOOL -> value == 0 || value == 1;
    };
  }

  /** The element type written {@code text}, for instance {@code f32}. */
  public static ElementType parse(String text) {
    for (ElementType type : values()) {
      if (type.text.equals(text)) {
        return type;
      }
    }
    throw new IllegalArgumentException("no element type '" + text + "'");
  }

  @Override
  public String toString() {
    return text;
  }
}
