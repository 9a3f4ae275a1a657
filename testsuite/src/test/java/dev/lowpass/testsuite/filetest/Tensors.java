package dev.lowpass.testsuite.filetest;

import dev.lowpass.ir.Tensor;
import java.util.List;

/** Tensors from the numbers that a file lists. */
final class Tensors {
  private Tensors() {}

  /** A tensor of the element type and shape of {@code model}. */
  static Tensor like(Tensor model, List<Float> values) {
    if (model.type().element().isFloating()) {
      float[] floats = new float[values.size()];
      for (int i = 0; i < floats.length; i++) {
        floats[i] = values.get(i);
      }
      return Tensor.of(floats, model.shape());
    }
    long[] integers = values.stream().mapToLong(Float::longValue).toArray();
    return Tensor.ofIntegers(model.type().element(), integers, model.shape());
  }
}
