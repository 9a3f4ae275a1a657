package dev.lowpass.codegen.tir.math;

import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.runtime.tvm.DataType;

/** Functions of float32 that are made of exponentials and logarithms; to 4 ulp, also where they are small. */
public final class Logarithms {
  /** Beyond this x + √(x² ± 1) is 2 x in float32. */
  private static final double LARGE = 4096;

  /** Beyond this 1 + x is x in float32. */
  private static final double ALONE = 0x1p25;

  /** (sinh(x) - x) / x³ in x², |x| ≤ 1: Taylor, to 3e-8 of the result. */
  private static final double[] SINH = {1.0 / 362880, 1.0 / 5040, 1.0 / 120, 1.0 / 6};

  /** For (log(1 + x) - x + x² / 2) / x³, 1 + x from √½ to √2: Cephes, {@code logf}. */
  private static final double[] LOG = {
    7.0376836292e-2, -1.1514610310e-1, 1.1676998740e-1, -1.2420140846e-1, 1.4249322787e-1, -1.6668057665e-1,
    2.0000714765e-1, -2.4999993993e-1, 3.3333331174e-1
  };

  private Logarithms() {}

  public static Expr sinh(Expr x) {
    Expr square = x.times(x);
    Expr small = Approximations.polynomial(SINH, square).times(square).times(x).plus(x);
    Expr large =
        Intrinsics.exp(Intrinsics.abs(x).times(0.5))
            .once(half -> half.times(0.5).times(half).minus(Expr.constant(x.type(), 0.5).over(half.times(half))));
    return Intrinsics.abs(x).atLeast(1).select(signed(x, large), small);
  }

  public static Expr cosh(Expr x) {
    return Intrinsics.exp(Intrinsics.abs(x).times(0.5))
        .once(half -> half.times(0.5).times(half).plus(Expr.constant(x.type(), 0.5).over(half.times(half))));
  }

  public static Expr asinh(Expr x) {
    Expr magnitude = Intrinsics.abs(x);
    Expr square = magnitude.times(magnitude);
    Expr small = log1p(magnitude.plus(square.over(Intrinsics.sqrt(square.plus(1)).plus(1))));
    return signed(x, magnitude.atLeast(LARGE).select(logOfTwice(magnitude), small));
  }

  /** NaN below 1. */
  public static Expr acosh(Expr x) {
    Expr above = x.minus(1);
    Expr small = log1p(above.plus(Intrinsics.sqrt(above.times(x.plus(1)))));
    return x.atLeast(LARGE).select(logOfTwice(x), small);
  }

  /** Infinite at -1 and 1, NaN beyond. */
  public static Expr atanh(Expr x) {
    Expr magnitude = Intrinsics.abs(x);
    Expr twice = magnitude.times(2);
    return signed(x, log1p(twice.over(Expr.constant(x.type(), 1).minus(magnitude))).times(0.5));
  }

  /** log(1 + e^x), by vector instructions alone. */
  public static Expr softplus(Expr x) {
    return Approximations.exp(Intrinsics.abs(x).negate())
        .once(small -> Expr.constant(x.type(), 0).max(x).plus(kahan(small, small.plus(1).once(Logarithms::log))));
  }

  /** log(1 + x). */
  private static Expr log1p(Expr operand) {
    return operand.once(
        x -> Intrinsics.log(x.plus(1)).once(log -> x.atLeast(ALONE).select(log, kahan(x, log))));
  }

  /** log(1 + x) from the logarithm of the rounded sum: what rounding takes from the sum is in both factors. */
  private static Expr kahan(Expr x, Expr logOfSum) {
    Expr rounded = x.plus(1).minus(1);
    return rounded.equalTo(0).select(x, logOfSum.times(x.over(rounded)));
  }

  /** log(x) of a normal number of at least 1/2 by vector instructions alone, to 1 ulp. */
  private static Expr log(Expr x) {
    // The distance from √½ in bits has the exponent above the fraction.
    int root = Float.floatToRawIntBits((float) Math.sqrt(0.5));
    Expr bits = x.reinterpret(DataType.I32);
    return bits.minus(root).floorDiv(1 << 23).once(exponent -> log(bits, exponent));
  }

  private static Expr log(Expr bits, Expr exponent) {
    Expr power = exponent.cast(DataType.F32);
    return bits.minus(exponent.times(1 << 23))
        .reinterpret(DataType.F32)
        .minus(1)
        .once(rest -> ofFraction(rest).plus(power.times(2.12194440e-4).negate()).plus(power.times(0.693359375)));
  }

  /** log(1 + x). */
  private static Expr ofFraction(Expr x) {
    Expr square = x.times(x);
    return Approximations.polynomial(LOG, x).times(x).minus(0.5).times(square).plus(x);
  }

  private static Expr signed(Expr sign, Expr magnitude) {
    return magnitude.once(found -> sign.lessThan(0).select(found.negate(), found));
  }

  private static Expr logOfTwice(Expr x) {
    return Intrinsics.log(x).plus(Math.log(2));
  }
}
