package dev.lowpass.learn;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.training.GradientCollector;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** Gradients from the engine, and what they should be. */
public final class Slopes {
  private Slopes() {}

  /** The gradient of a scalar in {@code parameter}. */
  public static float[] gradient(NDArray parameter, Supplier<NDArray> scalar) {
    parameter.setRequiresGradient(true);
    try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      collector.backward(scalar.get());
    }
    return parameter.getGradient().toFloatArray();
  }

  /** Central differences over {@code step} to each side. */
  public static double[] differences(float[] at, float step, ToDoubleFunction<float[]> scalar) {
    double[] slopes = new double[at.length];
    for (int i = 0; i < at.length; i++) {
      float[] above = at.clone();
      float[] below = at.clone();
      above[i] += step;
      below[i] -= step;
      double distance = (double) above[i] - below[i];
      slopes[i] = (scalar.applyAsDouble(above) - scalar.applyAsDouble(below)) / distance;
    }
    return slopes;
  }

  /** Every slope is the same to {@code tolerance} times the root mean square of all, which is not zero. */
  public static void assertAlike(float[] gradient, double[] expected, double tolerance) {
    double squares = 0;
    for (double each : expected) {
      squares += each * each;
    }
    double norm = Math.sqrt(squares / expected.length);
    assertThat(norm).isPositive();
    assertThat(gradient).hasSize(expected.length);
    for (int i = 0; i < gradient.length; i++) {
      double error = Math.abs(gradient[i] - expected[i]) / norm;
      assertThat(error).as("slope %d is %s, not %s", i, gradient[i], expected[i]).isLessThan(tolerance);
    }
  }
}
