package dev.lowpass.ir;

/**
 * The type of a tensor's elements. Numbers with a fraction are computed in {@code f32}: the other widths are forms in
 * which inputs, outputs and casts hold them. Integers are computed in their own type and wrap around, as in ONNX.
 */
public enum ElementType {
  F32("f32", 4),
  F64("f64", 8),
  F16("f16", 2),
  BF16("bf16", 2),
  I8("i8", 1),
  U8("u8", 1),
  I16("i16", 2),
  U16("u16", 2),
  I32("i32", 4),
  U32("u32", 4),
  I64("i64", 8),
  U64("u64", 8),
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
    return switch (this) {
      case F32, F64, F16, BF16 -> true;
      case I8, U8, I16, U16, I32, U32, I64, U64, BOOL -> false;
    };
  }

  /** Whether {@code value} is a number of this type; of floating-point types every integer is taken for one. */
  public boolean holds(long value) {
    return isFloating() || wrapped(value) == value && (this != U64 || value >= 0);
  }

  /**
   * The low bits of {@code value} as a number of this integer type; what is not 0 is true. A {@code u64} is held as the
   * {@code long} of the same bits.
   */
  public long wrapped(long value) {
    return switch (this) {
      case I8 -> (byte) value;
      case U8 -> value & 0xFF;
      case I16 -> (short) value;
      case U16 -> value & 0xFFFF;
      case I32 -> (int) value;
      case U32 -> value & 0xFFFF_FFFFL;
      case I64, U64 -> value;
      case BOOL -> value == 0 ? 0 : 1;
      case F32, F64, F16, BF16 -> throw new IllegalStateException(this + " is no integer type");
    };
  }

  /** The least number of this type: minus infinity of those with fractions. */
  public double least() {
    return switch (this) {
      case F32, F64, F16, BF16 -> Double.NEGATIVE_INFINITY;
      case I8 -> Byte.MIN_VALUE;
      case I16 -> Short.MIN_VALUE;
      case I32 -> Integer.MIN_VALUE;
      case I64 -> Long.MIN_VALUE;
      case U8, U16, U32, U64, BOOL -> 0;
    };
  }

  /** The greatest number of this type, as far as double precision holds it: infinity of those with fractions. */
  public double most() {
    return switch (this) {
      case F32, F64, F16, BF16 -> Double.POSITIVE_INFINITY;
      case I8 -> Byte.MAX_VALUE;
      case U8 -> 0xFF;
      case I16 -> Short.MAX_VALUE;
      case U16 -> 0xFFFF;
      case I32 -> Integer.MAX_VALUE;
      case U32 -> 0xFFFF_FFFFL;
      case I64 -> Long.MAX_VALUE;
      case U64 -> 0x1p64;
      case BOOL -> 1;
    };
  }

  /** {@code value} rounded to this floating-point type, ties to even; {@code f64}, too, holds what {@code f32} does. */
  public float rounded(float value) {
    return switch (this) {
      case F32, F64 -> value;
      case F16 -> Float.float16ToFloat(Float.floatToFloat16(value));
      case BF16 -> bfloat16(value);
      case I8, U8, I16, U16, I32, U32, I64, U64, BOOL -> throw new IllegalStateException(this + " has no fractions");
    };
  }

  private static float bfloat16(float value) {
    int bits = Float.floatToRawIntBits(value);
    if (Float.isNaN(value)) {
      return Float.intBitsToFloat(bits & 0xFFFF_0000 | 0x0040_0000);
    }
    int halfway = 0x7FFF + (bits >>> 16 & 1);
    return Float.intBitsToFloat(bits + halfway & 0xFFFF_0000);
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
