package dev.lowpass.runtime;

import java.util.List;

/**
 * What a model takes or gives under one name.
 *
 * @param name as in the source model
 * @param type the element type
 * @param shape extents, the outermost first, none negative; empty for a scalar
 */
public record TensorSpec(String name, ElementType type, List<Long> shape) {
  /** @throws IllegalArgumentException for a negative extent, or a tensor of 2 GiB or more */
  public TensorSpec {
    shape = List.copyOf(shape);
    long bytes = type.bytes();
    for (long extent : shape) {
      if (extent < 0 || extent > Integer.MAX_VALUE || bytes * extent > Integer.MAX_VALUE) {
        throw new IllegalArgumentException("shape " + shape + " is not 0 to " + Integer.MAX_VALUE + " bytes");
      }
      bytes *= extent;
    }
  }

  /** Number of elements. */
  public int elements() {
    int elements = 1;
    for (long extent : shape) {
      elements *= (int) extent;
    }
    return elements;
  }

  /** Size in bytes. */
  public int bytes() {
    return elements() * type.bytes();
  }

  /** For example {@code input: f32[1, 3, 224, 224]}. */
  @Override
  public String toString() {
    return name + ": " + type + shape;
  }
}
