package dev.lowpass.testsuite.networks;

import java.util.Arrays;
import java.util.List;

/**
 * A value in an ONNX model that is being made.
 *
 * @param name in the file; empty for an operand that is left out
 * @param shape as it will be when the model runs; maps have their channels in the second place
 */
record Feature(String name, List<Integer> shape) {
  /** Stands for an optional operand that a node does without. */
  static final Feature NONE = new Feature("", List.of());

  Feature {
    shape = List.copyOf(shape);
  }

  static List<Integer> shape(int... extents) {
    return Arrays.stream(extents).boxed().toList();
  }

  int rank() {
    return shape.size();
  }

  /** The extent of an axis; -1 is the last one. */
  int extent(int axis) {
    return shape.get(axis < 0 ? axis + shape.size() : axis);
  }

  int channels() {
    return extent(1);
  }

  int elements() {
    return shape.stream().reduce(1, Math::multiplyExact);
  }
}
