package dev.lowpass.ir;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The extents of a tensor, outermost first; images are {@code [batch, channels, height, width]}. A scalar has rank 0.
 */
public record Shape(List<Integer> dims) {
  public Shape {
    dims = List.copyOf(dims);
    if (dims.stream().anyMatch(dim -> dim < 0)) {
      throw new IllegalArgumentException("negative extent in shape " + dims);
    }
    try {
      elements(dims);
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("shape " + dims + " has more elements than can be counted", e);
    }
  }

  private static long elements(List<Integer> dims) {
    // Nothing, however much of it there would be along the other axes.
    return dims.contains(0) ? 0 : dims.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
  }

  public static Shape of(int... dims) {
    return new Shape(IntStream.of(dims).boxed().toList());
  }

  public int rank() {
    return dims.size();
  }

  /** The extent of axis {@code axis}; negative axes count from the end. */
  public int dim(int axis) {
    return dims.get(axis < 0 ? axis + rank() : axis);
  }

  public long elements() {
    return elements(dims);
  }

  public Shape with(int axis, int extent) {
    List<Integer> changed = new ArrayList<>(dims);
    changed.set(axis < 0 ? axis + rank() : axis, extent);
    return new Shape(changed);
  }

  /** The common shape of both by the multidirectional broadcasting rule of ONNX, or an error that names both. */
  public static Shape broadcast(Shape a, Shape b) {
    int rank = Math.max(a.rank(), b.rank());
    List<Integer> dims = new ArrayList<>();
    for (int i = 0; i < rank; i++) {
      int x = i < rank - a.rank() ? 1 : a.dims.get(i - rank + a.rank());
      int y = i < rank - b.rank() ? 1 : b.dims.get(i - rank + b.rank());
      if (x != y && x != 1 && y != 1) {
        throw new IllegalArgumentException("shapes " + a + " and " + b + " do not broadcast");
      }
      dims.add(x == 1 ? y : x);
    }
    return new Shape(dims);
  }

  public int[] toArray() {
    return dims.stream().mapToInt(Integer::intValue).toArray();
  }

  @Override
  public String toString() {
    return dims.stream().map(String::valueOf).collect(Collectors.joining(", ", "[", "]"));
  }
}
