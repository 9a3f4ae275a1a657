package dev.lowpass.ir.interpreter;

import dev.lowpass.ir.Shape;
import dev.lowpass.ir.TensorType;
import dev.lowpass.ir.op.Resize;
import dev.lowpass.ir.op.Taps;

/** Maps on another grid: columns first, then rows. */
final class Resampling {
  private Resampling() {}

  static Numbers resize(Resize resize, Numbers input, TensorType type) {
    Shape image = input.type().shape();
    int planes = image.dim(0) * image.dim(1);
    int width = image.dim(3);
    double[] shorter = along(resize.vertical(image), input.values(), planes, width);
    return new Numbers(type, along(resize.horizontal(image), shorter, planes * type.shape().dim(2), 1));
  }

  /** [outer][inputs][inner] to [outer][outputs][inner]. */
  private static double[] along(Taps taps, double[] x, int outer, int inner) {
    double[] y = new double[Math.multiplyExact(outer * taps.outputs(), inner)];
    int target = 0;
    for (int o = 0; o < outer; o++) {
      for (Taps.Sum sum : taps.sums()) {
        double[] weights = sum.weights().stream().mapToDouble(Double::doubleValue).toArray();
        for (int i = 0; i < inner; i++) {
          int source = (o * taps.inputs() + sum.first()) * inner + i;
          for (int k = 0; k < weights.length; k++) {
            y[target] += weights[k] * x[source + k * inner];
          }
          target++;
        }
      }
    }
    return y;
  }
}
