package dev.lowpass.ir.onnx.operator;

import java.util.List;

/** ONNX axes, where negative ones count from the end. */
final class Axes {
  private Axes() {}

  /** {@code axis} counted from the front. */
  static int normal(long axis, int rank) {
    if (axis < -rank || axis >= rank) {
      throw new IllegalArgumentException("axis " + axis + " of a tensor of rank " + rank);
    }
    return (int) (axis < 0 ? axis + rank : axis);
  }

  /** {@code axes} counted from the front, in ascending order, each once. */
  static List<Integer> normal(List<Long> axes, int rank) {
    List<Integer> normal = axes.stream().map(axis -> normal(axis, rank)).sorted().toList();
    if (normal.stream().distinct().count() != normal.size()) {
      throw new IllegalArgumentException("axes " + axes + " name an axis twice");
    }
    return normal;
  }

  /** Numbers that ONNX stores in 64 bits as the 32 bits of extents. */
  static List<Integer> extents(List<Long> values) {
    return values.stream().map(Axes::extent).toList();
  }

  private static int extent(long value) {
    if (value != (int) value) {
      throw new IllegalArgumentException("a number of " + value + ", more than 32 bits hold");
    }
    return (int) value;
  }

  /** {@code index} of an element along an axis of {@code extent} elements; negative ones count from the end. */
  static int index(long index, int extent) {
    if (index < -extent || index >= extent) {
      throw new IllegalArgumentException("index " + index + " along an axis of " + extent + " elements");
    }
    return (int) (index < 0 ? index + extent : index);
  }
}
