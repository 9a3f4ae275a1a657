package dev.lowpass.testsuite.networks;

import dev.lowpass.ir.Tensor;
import java.util.List;
import java.util.Random;

/** Weights that nobody trained: the same on every machine, of a size that keeps activations near 1. */
final class SeededWeights {
  private final Random random;

  SeededWeights(long seed) {
    random = new Random(seed);
  }

  /**
   * Normal, of variance {@code gain / fanIn}.
   *
   * @param gain 2 behind a ReLU (He et al., "Delving Deep into Rectifiers", 2015), 1 where nothing is cut off
   */
  Tensor normal(List<Integer> shape, double fanIn, double gain) {
    return around(shape, 0, Math.sqrt(gain / fanIn));
  }

  /** Normal around {@code mean}. */
  Tensor around(List<Integer> shape, double mean, double deviation) {
    float[] values = new float[elements(shape)];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (mean + deviation * random.nextGaussian());
    }
    return tensor(values, shape);
  }

  Tensor uniform(List<Integer> shape, double least, double most) {
    float[] values = new float[elements(shape)];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble(least, most);
    }
    return tensor(values, shape);
  }

  static Tensor tensor(float[] values, List<Integer> shape) {
    return Tensor.of(values, shape.stream().mapToInt(Integer::intValue).toArray());
  }

  private static int elements(List<Integer> shape) {
    return shape.stream().reduce(1, Math::multiplyExact);
  }
}
