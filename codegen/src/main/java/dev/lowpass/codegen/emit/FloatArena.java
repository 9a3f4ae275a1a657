package dev.lowpass.codegen.emit;

import dev.lowpass.runtime.tvm.DataType;

/**
 * Memory that steps share, as kernels see it: an array of float32. A plan counts bytes; whoever addresses the arena
 * asks here for elements.
 */
public final class FloatArena {
  /** What it is an array of. */
  static final DataType ELEMENT = DataType.F32;

  private FloatArena() {}

  /** Elements in {@code bytes}, which are whole ones. */
  public static int elements(long bytes) {
    if (bytes % ELEMENT.bytes() != 0) {
      throw new IllegalArgumentException(bytes + " bytes are no whole elements of " + ELEMENT);
    }
    return Math.toIntExact(bytes / ELEMENT.bytes());
  }

  /** What {@code elements} take. */
  public static long bytes(long elements) {
    return elements * ELEMENT.bytes();
  }
}
