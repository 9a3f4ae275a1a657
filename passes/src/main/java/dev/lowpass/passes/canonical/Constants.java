package dev.lowpass.passes.canonical;

import dev.lowpass.ir.Location;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.graph.Node;
import dev.lowpass.ir.op.Constant;
import java.util.List;

/** Makes constant nodes; numbers come in double precision and are rounded here, once. */
final class Constants {
  private Constants() {}

  static Node of(String name, Tensor value, Location location) {
    return Node.of(name, new Constant(value), List.of(), location);
  }

  static Node of(String name, double[] values, Shape shape, Location location) {
    float[] rounded = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      rounded[i] = (float) values[i];
    }
    return of(name, Tensor.of(rounded, shape), location);
  }
}
