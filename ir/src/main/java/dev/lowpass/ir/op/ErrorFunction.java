package dev.lowpass.ir.op;

/** The error function and its complement in double precision, to about 1e-15 of the result. */
final class ErrorFunction {
  /** Where the continued fraction takes over from the series. */
  private static final double LARGE = 2.5;

  /** Terms of the continued fraction, which at {@link #LARGE} is right to the last digits after 50. */
  private static final int TERMS = 80;

  private ErrorFunction() {}

  /** 2 / sqrt(pi) times the integral of e^-t² from 0 to x. */
  static double erf(double x) {
    return Math.abs(x) < LARGE ? series(x) : Math.signum(x) * (1 - tail(Math.abs(x)));
  }

  /** 1 - erf(x), also where that is tiny. */
  static double erfc(double x) {
    if (Math.abs(x) < LARGE) {
      return 1 - series(x);
    }
    return x > 0 ? tail(x) : 2 - tail(-x);
  }

  /** Abramowitz and Stegun 7.1.6, whose terms have one sign; NaN stays NaN. */
  private static double series(double x) {
    double term = x;
    double sum = x;
    for (int n = 1; Math.abs(term) > 1e-18 * Math.abs(sum); n++) {
      term *= 2 * x * x / (2 * n + 1);
      sum += term;
    }
    return 2 / Math.sqrt(Math.PI) * Math.exp(-x * x) * sum;
  }

  /** Abramowitz and Stegun 7.1.14, for x of at least {@link #LARGE}. */
  private static double tail(double x) {
    double fraction = x;
    for (int n = TERMS; n > 0; n--) {
      fraction = x + n / 2.0 / fraction;
    }
    return Math.exp(-x * x) / Math.sqrt(Math.PI) / fraction;
  }
}
