package dev.lowpass.codegen.tir.math;

import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.runtime.tvm.DataType;

/**
 * Between float32 and the bits of two formats of 16: IEEE 754's binary16, and bfloat16, the upper half of a float32.
 * Rounds to nearest, ties to even. Integer operations alone, so that every target can do it.
 */
public final class HalfPrecision {
  /** Bits of fraction that float32 has more than binary16. */
  private static final int FRACTION_SHIFT = 13;

  /** The difference of the exponents' biases, 127 - 15, where float32 has its exponent. */
  private static final long REBIAS = 112L << 23;

  /** The sign bit of a float32. */
  private static final long SIGN = 1L << 31;

  private static final int HALF_INFINITY = 0x7C00;
  private static final long SINGLE_INFINITY = 0x7F80_0000L;

  /** As float32, the first number too large for binary16 even after rounding is below 2^16. */
  private static final long HALF_OVERFLOWS = 143L << 23;

  /** As float32, the least normal number of binary16: 2^-14. */
  private static final long HALF_LEAST_NORMAL = 113L << 23;

  /** The place of a number of half precision's least magnitude. */
  private static final double HALF_LEAST = 0x1p-24;

  private HalfPrecision() {}

  /** The number of which {@code bits}, u16, are the binary16 form. */
  public static Expr fromHalf(Expr bits) {
    Expr word = bits.cast(DataType.U32);
    Expr sign = word.floorDiv(1 << 15).times(SIGN);
    Expr magnitude = word.floorMod(1 << 15);
    Expr normal = magnitude.times(1 << FRACTION_SHIFT).plus(REBIAS);
    Expr special = magnitude.times(1 << FRACTION_SHIFT).plus(2 * REBIAS);
    Expr subnormal = magnitude.cast(DataType.F32).times(HALF_LEAST).reinterpret(DataType.U32);
    Expr found =
        magnitude.lessThan(1 << 10).select(subnormal, magnitude.atLeast(HALF_INFINITY).select(special, normal));
    return found.plus(sign).reinterpret(DataType.F32);
  }

  /** The binary16 form of {@code value} as u16; NaN stays one. */
  public static Expr toHalf(Expr value) {
    Expr word = value.reinterpret(DataType.U32);
    Expr sign = word.floorDiv(SIGN).times(1 << 15);
    Expr magnitude = word.floorMod(SIGN);
    Expr odd = magnitude.floorDiv(1 << FRACTION_SHIFT).floorMod(2);
    int halfway = (1 << FRACTION_SHIFT - 1) - 1;
    // The bias is taken off behind the division: before it, TVM would join the constants to one below zero, and refuse it.
    Expr normal = magnitude.plus(odd).plus(halfway).floorDiv(1 << FRACTION_SHIFT).minus(REBIAS >> FRACTION_SHIFT);
    // Adding 0.5 leaves the number's own bits at the end of the fraction, rounded by the processor.
    Expr half = Expr.constant(value.type(), 0.5);
    Expr subnormal = magnitude.reinterpret(DataType.F32).plus(half).reinterpret(DataType.U32);
    Expr least = subnormal.minus(Float.floatToRawIntBits(0.5f));
    Expr large = magnitude.atLeast(SINGLE_INFINITY + 1).select(like(magnitude, 0x7E00), like(magnitude, HALF_INFINITY));
    Expr found =
        magnitude
            .lessThan(HALF_LEAST_NORMAL)
            .select(least, magnitude.atLeast(HALF_OVERFLOWS).select(large, normal));
    return found.plus(sign).cast(DataType.U16);
  }

  /**
   * {@code value} as binary16 has it, still a float32. Not by way of its bits: TVM would join constants of both ways to
   * one below zero, and refuse it.
   */
  public static Expr roundedToHalf(Expr value) {
    return value.reinterpret(DataType.U32).once(HalfPrecision::roundedWord).reinterpret(DataType.F32);
  }

  private static Expr roundedWord(Expr word) {
    return word.floorMod(SIGN).once(HalfPrecision::roundedMagnitude).plus(word.floorDiv(SIGN).times(SIGN));
  }

  private static Expr roundedMagnitude(Expr magnitude) {
    // See toHalf. As floats, TVM would take away what was added before anything is rounded.
    Expr half = Expr.constant(DataType.F32.withLanes(magnitude.lanes()), 0.5);
    Expr count = magnitude.reinterpret(DataType.F32).plus(half).reinterpret(DataType.U32);
    Expr least = count.minus(Float.floatToRawIntBits(0.5f)).cast(DataType.F32).times(HALF_LEAST);
    Expr subnormal = least.reinterpret(DataType.U32);
    Expr normal = cut(magnitude, FRACTION_SHIFT);
    Expr large = magnitude.atLeast(SINGLE_INFINITY + 1).select(magnitude, like(magnitude, SINGLE_INFINITY));
    // Half a step below 2^16, where rounding leads there.
    Expr isLarge = magnitude.atLeast(HALF_OVERFLOWS - (1 << FRACTION_SHIFT - 1));
    return magnitude.lessThan(HALF_LEAST_NORMAL).select(subnormal, isLarge.select(large, normal));
  }

  /** {@code value} as bfloat16 has it, still a float32. */
  public static Expr roundedToBfloat(Expr value) {
    return value.once(
        x -> Intrinsics.isNan(x).select(x, cut(x.reinterpret(DataType.U32), 16).reinterpret(DataType.F32)));
  }

  /** The number whose last {@code bits} are zero, after rounding. */
  private static Expr cut(Expr word, int bits) {
    Expr odd = word.floorDiv(1 << bits).floorMod(2);
    return word.plus(odd).plus((1 << bits - 1) - 1).floorDiv(1 << bits).times(1 << bits);
  }

  /** The number of which {@code bits}, u16, are the upper half. */
  public static Expr fromBfloat(Expr bits) {
    return bits.cast(DataType.U32).times(1 << 16).reinterpret(DataType.F32);
  }

  /** The upper half of {@code value}, rounded, as u16; NaN stays one. */
  public static Expr toBfloat(Expr value) {
    Expr word = value.reinterpret(DataType.U32);
    Expr odd = word.floorDiv(1 << 16).floorMod(2);
    Expr rounded = word.plus(odd).plus((1 << 15) - 1).floorDiv(1 << 16);
    return Intrinsics.isNan(value).select(like(word, 0x7FC0), rounded).cast(DataType.U16);
  }

  private static Expr like(Expr x, long value) {
    return Expr.constant(x.type(), value);
  }
}
