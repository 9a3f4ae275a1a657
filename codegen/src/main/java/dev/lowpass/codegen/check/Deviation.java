package dev.lowpass.codegen.check;

import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.interpreter.Numbers;

/**
 * How far numbers lie from what was expected, in single precision. Where NaN is expected anything will do; where a
 * number is, NaN is infinitely far.
 *
 * @param largest the largest difference of two elements
 * @param range the largest finite magnitude that was expected
 * @param relativeL2 ‖actual - expected‖ / ‖expected‖; 0 where both are equal
 */
public record Deviation(double largest, double range, double relativeL2) {
  /** Of two values of one storage shape. */
  static Deviation between(Numbers actual, Numbers expected) {
    return between(actual.values(), expected.values());
  }

  /** Of two tensors of one shape. */
  public static Deviation between(Tensor actual, Tensor expected) {
    return between(actual.toDoubles(), expected.toDoubles());
  }

  private static Deviation between(double[] actual, double[] expected) {
    double largest = 0;
    double range = 0;
    double error = 0;
    double norm = 0;
    for (int i = 0; i < expected.length; i++) {
      // Beyond single precision's largest number comes infinity.
      double wanted = (float) expected[i];
      double found = (float) actual[i];
      if (Double.isFinite(wanted)) {
        range = Math.max(range, Math.abs(wanted));
        norm += wanted * wanted;
      }
      if (!Double.isNaN(wanted) && found != wanted) {
        double distance = Math.abs(found - wanted);
        largest = Math.max(largest, Double.isNaN(distance) ? Double.POSITIVE_INFINITY : distance);
        error += distance * distance;
      }
    }
    return new Deviation(largest, range, largest == 0 ? 0 : Math.sqrt(error / norm));
  }

  /** Whether no element is farther away than {@code tolerance} of the range; numbers too small to be normal may vanish. */
  public boolean isWithinRange(double tolerance) {
    return largest <= tolerance * range + Float.MIN_NORMAL;
  }

  /** Whether the relative error of all elements together is at most {@code tolerance}. */
  public boolean isWithinNorm(double tolerance) {
    return relativeL2 <= tolerance;
  }
}
