package dev.lowpass.ir;

import java.util.Arrays;
import java.util.Optional;

/**
 * In which numbers a layer multiplies. Whatever it is, sums and everything else are single precision; what lies in memory
 * between layers is so too, unless a {@link dev.lowpass.ir.op.Narrowing} says otherwise.
 */
public enum Precision {
  /** Input and weights as they are. */
  FLOAT32("f32", Float.SIZE, 24),
  /** Input and weights rounded to 11 bits of the fraction's 24, ties away from zero; nothing is too large. */
  TF32("tf32", Float.SIZE, 11),
  /** Input and weights rounded to the nearest float16: 11 bits, and from 65520 on infinity. */
  FLOAT16("fp16", Short.SIZE, 11),
  /** Input and weights rounded to the nearest bfloat16, the upper half of a float32: 8 bits of the fraction's 24 are left. */
  BFLOAT16("bf16", Short.SIZE, 8);

  /** Bits of a float32 beyond those of the fraction that TF32 keeps. */
  private static final int DROPPED = 13;

  private final String text;
  private final int width;
  private final int digits;

  Precision(String text, int width, int digits) {
    this.text = text;
    this.width = width;
    this.digits = digits;
  }

  /** The precision that {@code word} names, if it names one. */
  public static Optional<Precision> of(String word) {
    return Arrays.stream(values()).filter(precision -> precision.toString().equals(word)).findFirst();
  }

  /** All words that {@link #of} knows, for messages. */
  public static String words() {
    return String.join(", ", Arrays.stream(values()).map(Precision::toString).toList());
  }

  /** {@code value} as a layer of this precision multiplies it. */
  public float rounded(float value) {
    return switch (this) {
      case FLOAT32 -> value;
      case TF32 -> tf32(value);
      case FLOAT16 -> ElementType.F16.rounded(value);
      case BFLOAT16 -> ElementType.BF16.rounded(value);
    };
  }

  /** {@link #rounded} {@code value} in the lower {@link #width} bits of a word. */
  public int bits(float value) {
    return switch (this) {
      case FLOAT32, TF32 -> Float.floatToRawIntBits(rounded(value));
      case FLOAT16 -> Short.toUnsignedInt(Float.floatToFloat16(value));
      case BFLOAT16 -> Float.floatToRawIntBits(rounded(value)) >>> Short.SIZE;
    };
  }

  /** How many bits a number takes where it is kept as it is multiplied. */
  public int width() {
    return width;
  }

  /** How far apart neighbouring numbers just below 1 are. */
  public double step() {
    return Math.scalb(1.0, -digits);
  }

  /** Whether {@code value} is a number and no longer one when it is rounded. */
  public boolean overflows(float value) {
    return Float.isFinite(value) && !Float.isFinite(rounded(value));
  }

  /** Devices round so, away from zero where two are as near: the last bit that stays is no one's to look at. */
  private static float tf32(float value) {
    int bits = Float.floatToRawIntBits(value);
    int halfway = Float.isFinite(value) ? 1 << DROPPED - 1 : 0;
    int kept = bits + halfway & -1 << DROPPED;
    return Float.isNaN(value) ? Float.NaN : Float.intBitsToFloat(kept);
  }

  /** As IR and the command line write it. */
  @Override
  public String toString() {
    return text;
  }
}
