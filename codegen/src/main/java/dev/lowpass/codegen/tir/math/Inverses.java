package dev.lowpass.codegen.tir.math;

import dev.lowpass.codegen.tir.Expr;

/** Inverse trigonometric functions of float32, by the polynomials of Cephes; to 3 ulp. */
public final class Inverses {
  /** Below tan(π / 8) the polynomial serves; up to tan(3 π / 8) the distance from π / 4, beyond that from π / 2. */
  private static final double TAN_OF_EIGHTH = 0.4142135623730950;

  private static final double TAN_OF_THREE_EIGHTHS = 2.414213562373095;

  /** For (atan(x) - x) / x³ in x²: Cephes, {@code atanf}. */
  private static final double[] ATAN = {8.05374449538e-2, -1.38776856032e-1, 1.99777106478e-1, -3.33329491539e-1};

  /** For (asin(x) - x) / x³ in x², |x| ≤ 1/2: Cephes, {@code asinf}. */
  private static final double[] ASIN = {
    4.2163199048e-2, 2.4181311049e-2, 4.5470025998e-2, 7.4953002686e-2, 1.6666752422e-1
  };

  private Inverses() {}

  public static Expr atan(Expr x) {
    Expr magnitude = Intrinsics.abs(x);
    Expr one = Expr.constant(x.type(), 1);
    Expr middle = magnitude.atLeast(TAN_OF_EIGHTH);
    Expr large = magnitude.atLeast(TAN_OF_THREE_EIGHTHS);
    Expr small = middle.select(magnitude.minus(1).over(magnitude.plus(1)), magnitude);
    Expr zero = Expr.constant(x.type(), 0);
    Expr from = large.select(constant(x, Math.PI / 2), middle.select(constant(x, Math.PI / 4), zero));
    Expr arc = large.select(one.negate().over(magnitude), small).once(near -> odd(ATAN, near, near.times(near)));
    return signed(x, from.plus(arc));
  }

  /** NaN beyond -1 and 1. */
  public static Expr asin(Expr x) {
    Expr magnitude = Intrinsics.abs(x);
    Expr large = magnitude.atLeast(0.5);
    return signed(
        x, halved(magnitude).once(arc -> large.select(constant(x, Math.PI / 2).minus(arc.times(2)), arc)));
  }

  /** NaN beyond -1 and 1. */
  public static Expr acos(Expr x) {
    return halved(Intrinsics.abs(x)).once(arc -> acos(x, arc));
  }

  private static Expr acos(Expr x, Expr arc) {
    Expr negative = x.lessThan(0);
    Expr ends = negative.select(constant(x, Math.PI).minus(arc.times(2)), arc.times(2));
    Expr middle = constant(x, Math.PI / 2).minus(signed(x, arc));
    return Intrinsics.abs(x).atLeast(0.5).select(ends, middle);
  }

  /** asin of x up to 1/2; beyond that asin √((1 - x) / 2), which is half of what x lacks to π / 2. */
  private static Expr halved(Expr x) {
    Expr large = x.atLeast(0.5);
    Expr square = large.select(Expr.constant(x.type(), 1).minus(x).times(0.5), x.times(x));
    return square.once(z -> large.select(Intrinsics.sqrt(z), x).once(root -> odd(ASIN, root, z)));
  }

  private static Expr odd(double[] coefficients, Expr x, Expr square) {
    return Approximations.polynomial(coefficients, square).times(square).times(x).plus(x);
  }

  private static Expr signed(Expr sign, Expr magnitude) {
    return magnitude.once(found -> sign.lessThan(0).select(found.negate(), found));
  }

  private static Expr constant(Expr like, double value) {
    return Expr.constant(like.type(), value);
  }
}
