package dev.lowpass.ir.interpreter;

import dev.lowpass.ir.Shape;
import dev.lowpass.ir.op.BatchNormalization;
import java.util.List;

/** Operators that scale by statistics: stored ones, or those of the data. */
final class Normalizations {
  private Normalizations() {}

  /** Operands x [N, C, ...], scale, bias, mean, variance [C]. */
  static Numbers batch(BatchNormalization normalization, List<Numbers> operands) {
    Numbers input = operands.get(0);
    double[] scale = operands.get(1).values();
    double[] bias = operands.get(2).values();
    double[] mean = operands.get(3).values();
    double[] variance = operands.get(4).values();
    int plane = elements(input.type().shape(), 2);
    double[] y = new double[input.values().length];
    for (int i = 0; i < y.length; i++) {
      int c = i / plane % scale.length;
      y[i] = (input.values()[i] - mean[c]) / Math.sqrt(variance[c] + normalization.epsilon()) * scale[c] + bias[c];
    }
    return new Numbers(input.type(), y);
  }

  /** The maximum is subtracted first, which changes nothing but the range of the exponentials. */
  static Numbers softmax(int axis, Numbers input) {
    Shape shape = input.type().shape();
    int extent = shape.dim(axis);
    int stride = elements(shape, axis + 1);
    double[] x = input.values();
    double[] y = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      if (i / stride % extent != 0) {
        continue;
      }
      double max = Double.NEGATIVE_INFINITY;
      for (int k = 0; k < extent; k++) {
        max = Math.max(max, x[i + k * stride]);
      }
      double sum = 0;
      for (int k = 0; k < extent; k++) {
        y[i + k * stride] = Math.exp(x[i + k * stride] - max);
        sum += y[i + k * stride];
      }
      for (int k = 0; k < extent; k++) {
        y[i + k * stride] /= sum;
      }
    }
    return new Numbers(input.type(), y);
  }

  /** Elements of one index of the axes before {@code axis}. */
  private static int elements(Shape shape, int axis) {
    return (int) new Shape(shape.dims().subList(axis, shape.rank())).elements();
  }
}
