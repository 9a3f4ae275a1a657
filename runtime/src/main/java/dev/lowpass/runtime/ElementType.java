package dev.lowpass.runtime;

/** The type of a tensor's elements, little-endian in memory. */
public enum ElementType {
  /** IEEE 754's binary32, Java's {@code float}. */
  F32("f32", 4),
  /** IEEE 754's binary64, Java's {@code double}. */
  F64("f64", 8),
  /** IEEE 754's binary16, one sign bit, five of exponent, ten of fraction. */
  F16("f16", 2),
  /** The upper half of an {@code f32}. */
  BF16("bf16", 2),
  /** A signed integer of 8 bits. */
  I8("i8", 1),
  /** An unsigned integer of 8 bits. */
  U8("u8", 1),
  /** A signed integer of 16 bits. */
  I16("i16", 2),
  /** An unsigned integer of 16 bits. */
  U16("u16", 2),
  /** A signed integer of 32 bits. */
  I32("i32", 4),
  /** An unsigned integer of 32 bits. */
  U32("u32", 4),
  /** A signed integer of 64 bits. */
  I64("i64", 8),
  /** An unsigned integer of 64 bits. */
  U64("u64", 8),
  /** One byte an element, 0 or 1. */
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

  /**
   * The element type written {@code text}, for instance {@code f32}.
   *
   * @throws IllegalArgumentException where there is none
   */
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
