package dev.lowpass.learn.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.lowpass.ir.op.Resize;
import dev.lowpass.ir.op.Taps;

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
    float[] values = new float[taps.outputs() * taps.inputs()];
    double[][] matrix = taps.matrix();
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) matrix[i / taps.inputs()][i % taps.inputs()];
    }
    return x.getManager().create(values, new Shape(taps.outputs(), taps.inputs()));
  }
}
