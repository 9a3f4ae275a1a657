package dev.lowpass.learn.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.lowpass.ir.op.Resize;
import dev.lowpass.ir.op.Taps;
import java.util.List;

/** Maps on another grid: a matrix product for columns and one for rows. */
final class Resizing {
  private Resizing() {}

  static NDArray resize(Resize resize, dev.lowpass.ir.Shape image, NDArray x) {
    NDArray vertical = matrix(resize.vertical(image), x);
    NDArray horizontal = matrix(resize.horizontal(image), x);
    return vertical.matMul(x).matMul(horizontal.transpose());
  }

  /** [outputs, inputs]. */
  private static NDArray matrix(Taps taps, NDArray x) {
    int outputs = taps.sums().size();
    float[] matrix = new float[outputs * taps.inputs()];
    for (int o = 0; o < outputs; o++) {
      Taps.Sum sum = taps.sums().get(o);
      List<Double> weights = sum.weights();
      for (int i = 0; i < weights.size(); i++) {
        matrix[o * taps.inputs() + sum.first() + i] = weights.get(i).floatValue();
      }
    }
    return x.getManager().create(matrix, new Shape(outputs, taps.inputs()));
  }
}
