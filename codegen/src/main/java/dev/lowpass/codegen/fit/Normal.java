package dev.lowpass.codegen.fit;

/** A normal distribution of deviation 1, and what an activation that cuts off at zero makes of it. */
final class Normal {
  private static final int HALVINGS = 40;

  private Normal() {}

  /** The mean with which the part {@code negative} of all values is negative; strictly between 0 and 1. */
  static double meanFor(double negative) {
    double low = -8;
    double high = 8;
    for (int i = 0; i < HALVINGS; i++) {
      double middle = (low + high) / 2;
      if (below(-middle) > negative) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** The mean square of max(x, 0) for values x of mean {@code mean}, beside that of x. */
  static double powerAboveZero(double mean) {
    double density = Math.exp(-mean * mean / 2) / Math.sqrt(2 * Math.PI);
    double above = (1 + mean * mean) * below(mean) + mean * density;
    return above / (1 + mean * mean);
  }

  /** The part of values of mean 0 that lie below {@code x}: Abramowitz and Stegun 26.2.17, to 1e-7. */
  static double below(double x) {
    if (x < 0) {
      return 1 - below(-x);
    }
    double t = 1 / (1 + 0.2316419 * x);
    double tail =
        t * (0.319381530 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
    return 1 - Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI) * tail;
  }
}
