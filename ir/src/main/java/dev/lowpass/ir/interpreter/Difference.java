package dev.lowpass.ir.interpreter;

import dev.lowpass.ir.Tensor;

/**
 * How far a result lies from what was expected.
 *
 * @param relativeL2 ‖result - expected‖ / ‖expected‖; 0 where both are equal, infinite where only the expected one is
 *     zero, NaN if one has a NaN where the other has a number
 * @param maxAbsolute the largest difference of two elements
 */
public record Difference(double relativeL2, double maxAbsolute) {
  /** The difference of two tensors of one shape; another shape is an {@link IllegalArgumentException}. */
  public static Difference between(Tensor result, Tensor expected) {
    if (!result.shape().equals(expected.shape())) {
      throw new IllegalArgumentException("result of shape " + result.shape() + ", expected " + expected.shape());
    }
    return between(result.toDoubles(), expected.toDoubles());
  }

  /** The difference of two values of one storage shape; another shape is an {@link IllegalArgumentException}. */
  public static Difference between(Numbers result, Numbers expected) {
    if (!result.storageShape().equals(expected.storageShape())) {
      throw new IllegalArgumentException("result of " + result.type() + ", expected " + expected.type());
    }
    return between(result.values(), expected.values());
  }

  /** The difference of two arrays of one length. */
  public static Difference between(double[] result, double[] expected) {
    double error = 0;
    double norm = 0;
    double max = 0;
    for (int i = 0; i < expected.length; i++) {
      // What is equal and no finite number differs by nothing, and must not make the other differences look small.
      if (!Double.isFinite(expected[i]) && Double.compare(result[i], expected[i]) == 0) {
        continue;
      }
      double distance = Math.abs(result[i] - expected[i]);
      error += distance * distance;
      norm += expected[i] * expected[i];
      max = Math.max(max, distance);
    }
    return new Difference(error == 0 ? 0 : Math.sqrt(error / norm), max);
  }

  /** Whether the relative error is at most {@code tolerance}; never where NaN stands for a number or the other way. */
  public boolean isWithin(double tolerance) {
    return relativeL2 <= tolerance;
  }

  @Override
  public String toString() {
    return "relative L2 error %.3g, largest difference %.3g".formatted(relativeL2, maxAbsolute);
  }
}
