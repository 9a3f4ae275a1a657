package dev.lowpass.runtime.picture;

/**
 * By which weights an axis becomes longer or shorter. Sample i of the result lies at (i + 1/2) · in/out - 1/2
 * (half-pixel centres), the kernel is stretched by in/out where the axis becomes shorter (antialiased), and at a border
 * the weights of what is there are divided by their sum. So do Pillow and {@code torch.nn.functional.interpolate(…,
 * antialias=True)}. Not only for pictures: a network's maps are resampled by the same weights.
 */
public enum ResamplingKernel {
  /** A triangle. */
  TRIANGLE(1) {
    @Override
    double at(double x) {
      return Math.max(0, 1 - Math.abs(x));
    }
  },

  /** The cubic convolution kernel of Keys (1981) with a = -1/2. */
  CUBIC(2) {
    @Override
    double at(double x) {
      double t = Math.abs(x);
      if (t < 1) {
        return ((A + 2) * t - (A + 3)) * t * t + 1;
      }
      return t < 2 ? A * (((t - 5) * t + 8) * t - 4) : 0;
    }
  };

  private static final double A = -0.5;

  /** Where the kernel ends. */
  private final double support;

  ResamplingKernel(double support) {
    this.support = support;
  }

  abstract double at(double x);

  /** The first sample, of {@code inputs}, that sample {@code output} of {@code outputs} is a sum of. */
  public int first(int inputs, long outputs, long output) {
    return Math.max(0, (int) (centre(inputs, outputs, output) - support * stretch(inputs, outputs) + 0.5));
  }

  /** The weights of that sample and those behind it, at least one; they add up to 1. */
  public double[] weights(int inputs, long outputs, long output) {
    double centre = centre(inputs, outputs, output);
    double stretch = stretch(inputs, outputs);
    int first = first(inputs, outputs, output);
    int end = Math.min(inputs, (int) (centre + support * stretch + 0.5));
    double[] weights = new double[end - first];
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      weights[i] = at((first + i + 0.5 - centre) / stretch);
      sum += weights[i];
    }
    for (int i = 0; i < weights.length; i++) {
      weights[i] /= sum;
    }
    return weights;
  }

  private static double centre(int inputs, long outputs, long output) {
    return (output + 0.5) * ((double) inputs / outputs);
  }

  private static double stretch(int inputs, long outputs) {
    return Math.max(1, (double) inputs / outputs);
  }
}
