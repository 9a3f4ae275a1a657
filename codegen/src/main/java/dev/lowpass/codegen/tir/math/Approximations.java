package dev.lowpass.codegen.tir.math;

import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.runtime.tvm.DataType;

/**
 * Transcendental functions of float32 as polynomials, for hot loops: vector instructions alone, no call of a library.
 * Each says its largest error, in units of the last place (ulp) of the result where it is a normal number.
 */
public final class Approximations {
  private static final double LOG2_E = 1.4426950408889634;

  /** ln 2 in two parts: the first has few enough bits that its product with an exponent is exact. */
  private static final double LN2_HIGH = 0.693359375;

  private static final double LN2_LOW = -2.12194440e-4;

  /** Beyond these the result is no normal float32. */
  private static final double LEAST_EXPONENT = -87.3365;

  private static final double GREATEST_EXPONENT = 88.3762;

  /** For (e^r - 1 - r) / r² on |r| ≤ ln 2 / 2, highest power first: Cephes, {@code expf}. */
  private static final double[] EXP = {
    1.9875691500e-4, 1.3981999507e-3, 8.3334519073e-3, 4.1665795894e-2, 1.6666665459e-1, 5.0000001201e-1
  };

  private static final int MANTISSA_BITS = 23;
  private static final int EXPONENT_BIAS = 127;

  /** Beyond this the hyperbolic tangent is 1 in float32. */
  private static final double TANH_SATURATES = 7.90531110763549805;

  /** For tanh(x) / x as a quotient of polynomials in x²: Eigen, {@code generic_fast_tanh_float}. */
  private static final double[] TANH_NUMERATOR = {
    -2.76076847742355e-16, 2.00018790482477e-13, -8.60467152213735e-11, 5.12229709037114e-08, 1.48572235717979e-05,
    6.37261928875436e-04, 4.89352455891786e-03
  };

  private static final double[] TANH_DENOMINATOR = {
    1.19825839466702e-06, 1.18534705686654e-04, 2.26843463243900e-03, 4.89352518554385e-03
  };

  /** Beyond this the error function is 1 in float32. */
  private static final double ERF_SATURATES = 4;

  /** For erf(x) / x as a quotient of polynomials in x²: Eigen, {@code erf} of packets. */
  private static final double[] ERF_NUMERATOR = {
    -2.72614225801306e-10, 2.77068142495902e-08, -2.10102402082508e-06, -5.69250639462346e-05, -7.34990630326855e-04,
    -2.95459980854025e-03, -1.60960333262415e-02
  };

  private static final double[] ERF_DENOMINATOR = {
    -1.45660718464996e-05, -2.13374055278905e-04, -1.68282697438203e-03, -7.37332916720468e-03, -1.42647390514189e-02
  };

  private Approximations() {}

  /** e^x to 1 ulp; 1.2e-38 below -87.3 and 2.4e38 above 88.3, in place of 0 and infinity. */
  public static Expr exp(Expr x) {
    return x.clip(LEAST_EXPONENT, GREATEST_EXPONENT)
        .once(limited -> Intrinsics.floor(limited.times(LOG2_E).plus(0.5)).once(power -> exp(limited, power)));
  }

  /** e^x, where {@code power} is the power of 2 next to it. */
  private static Expr exp(Expr x, Expr power) {
    Expr bits = power.cast(DataType.I32).plus(EXPONENT_BIAS).times(1 << MANTISSA_BITS);
    Expr scale = bits.reinterpret(DataType.F32);
    return x.minus(power.times(LN2_HIGH))
        .minus(power.times(LN2_LOW))
        .once(rest -> polynomial(EXP, rest).times(rest).times(rest).plus(rest).plus(1).times(scale));
  }

  /** 1 / (1 + e^-x) to 3 ulp; not below 4e-39. */
  public static Expr sigmoid(Expr x) {
    return Expr.constant(x.type(), 1).over(exp(x.negate()).plus(1));
  }

  /** The hyperbolic tangent to 4 ulp. */
  public static Expr tanh(Expr x) {
    return x.clip(-TANH_SATURATES, TANH_SATURATES)
        .once(limited -> oddQuotient(TANH_NUMERATOR, TANH_DENOMINATOR, limited));
  }

  /** The error function to 8 ulp. */
  public static Expr erf(Expr x) {
    return x.clip(-ERF_SATURATES, ERF_SATURATES)
        .once(limited -> oddQuotient(ERF_NUMERATOR, ERF_DENOMINATOR, limited));
  }

  private static Expr oddQuotient(double[] numerator, double[] denominator, Expr x) {
    return x.times(x)
        .once(square -> polynomial(numerator, square).times(x).over(polynomial(denominator, square)));
  }

  /** Horner's scheme, the highest power's coefficient first. */
  static Expr polynomial(double[] coefficients, Expr x) {
    Expr sum = Expr.constant(x.type(), coefficients[0]);
    for (int i = 1; i < coefficients.length; i++) {
      sum = sum.times(x).plus(coefficients[i]);
    }
    return sum;
  }
}
