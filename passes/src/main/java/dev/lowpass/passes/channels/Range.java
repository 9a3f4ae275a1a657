package dev.lowpass.passes.channels;

/**
 * Bounds of numbers, whatever a graph is given, as long as that is finite. Either may be infinite, or NaN where nothing
 * is known.
 */
record Range(double low, double high) {
  static final Range ANY = new Range(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

  /** What a sum in single precision may be off, as a part of its terms' magnitudes, however short it is. */
  private static final double LEAST_ROUNDING = 1e-5;

  /** Error of one addition or product in single precision, with room: fast kernels add in orders of their own. */
  private static final double ROUNDING = 0x1p-23;

  /** Whether the numbers are all exactly 0. */
  boolean isZero() {
    return low == 0 && high == 0;
  }

  /** The largest magnitude. */
  double magnitude() {
    return Math.max(Math.abs(low), Math.abs(high));
  }

  /** These numbers and 0. */
  Range orZero() {
    return new Range(Math.min(low, 0), Math.max(high, 0));
  }

  /**
   * These bounds of an exact sum as bounds of the sum in single precision.
   *
   * @param terms how many are added
   * @param size what their magnitudes add up to
   */
  Range rounded(int terms, double size) {
    double error = Math.max(LEAST_ROUNDING, terms * ROUNDING) * size;
    return new Range(low - error, high + error);
  }
}
