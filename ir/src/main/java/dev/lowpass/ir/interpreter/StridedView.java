package dev.lowpass.ir.interpreter;

import dev.lowpass.ir.Shape;
import java.util.Arrays;
import java.util.List;

/**
 * A way through a flat row-major array: index (i0, i1, …) of {@code shape} lies at {@code offset} + Σ i · stride.
 * Slices, transposes, broadcasts and places to paste into are all such views.
 */
record StridedView(Shape shape, int offset, int[] strides) {
  /** All of an array of shape {@code shape}. */
  static StridedView of(Shape shape) {
    int[] strides = new int[shape.rank()];
    int stride = 1;
    for (int axis = shape.rank() - 1; axis >= 0; axis--) {
      strides[axis] = stride;
      stride *= shape.dim(axis);
    }
    return new StridedView(shape, 0, strides);
  }

  /** An array of shape {@code from} read as if it had the shape {@code to} that it broadcasts to. */
  static StridedView broadcast(Shape from, Shape to) {
    int[] own = of(from).strides;
    int[] strides = new int[to.rank()];
    int missing = to.rank() - from.rank();
    for (int axis = missing; axis < to.rank(); axis++) {
      strides[axis] = from.dim(axis - missing) == 1 ? 0 : own[axis - missing];
    }
    return new StridedView(to, 0, strides);
  }

  /** Elements start, start + step, … of every axis, {@code extents} of them. */
  StridedView slice(List<Integer> starts, Shape extents, List<Integer> steps) {
    int start = offset;
    int[] stepped = strides.clone();
    for (int axis = 0; axis < strides.length; axis++) {
      start += starts.get(axis) * strides[axis];
      stepped[axis] *= steps.get(axis);
    }
    return new StridedView(extents, start, stepped);
  }

  /** Axis i of the result is axis {@code permutation[i]} of this. */
  StridedView permuted(List<Integer> permutation) {
    return new StridedView(
        new Shape(permutation.stream().map(shape::dim).toList()),
        offset,
        permutation.stream().mapToInt(axis -> strides[axis]).toArray());
  }

  /** The place of every index, in row-major order of the indices. */
  int[] positions() {
    int[] positions = new int[Math.toIntExact(shape.elements())];
    Arrays.fill(positions, offset);
    int repeat = positions.length;
    for (int axis = 0; axis < strides.length && repeat > 0; axis++) {
      int extent = shape.dim(axis);
      repeat /= extent;
      for (int i = 0; i < positions.length; i++) {
        positions[i] += i / repeat % extent * strides[axis];
      }
    }
    return positions;
  }

  double[] gather(double[] source) {
    int[] positions = positions();
    double[] gathered = new double[positions.length];
    for (int i = 0; i < positions.length; i++) {
      gathered[i] = source[positions[i]];
    }
    return gathered;
  }

  void scatter(double[] source, double[] target) {
    int[] positions = positions();
    for (int i = 0; i < positions.length; i++) {
      target[positions[i]] = source[i];
    }
  }
}
