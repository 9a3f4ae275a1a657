package dev.lowpass.ir.text;

import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Tensor;
import java.util.Random;

/**
 * Weights for tests, {@code random(seed = 7)}: normal values from {@link Random} (the same on every machine), scaled by
 * 1/sqrt(fan-in) so that activations keep their size through layers. The fan-in is the size of one slice along the
 * first axis, and 1 for vectors and scalars.
 */
record RandomConstant(long seed) {
  Tensor of(Shape shape) {
    Random random = new Random(seed);
    long fanIn = shape.rank() < 2 ? 1 : shape.with(0, 1).elements();
    double scale = 1 / Math.sqrt(Math.max(1, fanIn));
    float[] values = new float[(int) shape.elements()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (scale * random.nextGaussian());
    }
    return Tensor.of(values, shape);
  }
}
