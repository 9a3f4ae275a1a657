package dev.lowpass.learn;

import java.util.function.DoublePredicate;

/** Prices of a multiply-add in units of loss: the higher, the less is kept. */
final class Price {
  /** Natural logarithms, far below and far above any price at which a choice changes. */
  private static final double LOWEST = -60;

  private static final double HIGHEST = 20;
  private static final int BISECTIONS = 60;

  private Price() {}

  /** The lowest price that is {@code enough}, where every higher one is, too; the highest of all if none is. */
  static double least(DoublePredicate enough) {
    double low = LOWEST;
    double high = HIGHEST;
    for (int i = 0; i < BISECTIONS; i++) {
      double middle = (low + high) / 2;
      if (enough.test(StrictMath.exp(middle))) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return StrictMath.exp(high);
  }
}
