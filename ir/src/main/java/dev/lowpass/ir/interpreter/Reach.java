package dev.lowpass.ir.interpreter;

import dev.lowpass.ir.op.Window;

/**
 * The output indices along one axis at which one tap of a window meets the map, and where it meets it: output index o
 * reads input index {@code o · stride + shift}.
 */
record Reach(int first, int end, int stride, int shift) {
  /** For tap {@code tap} (0 to kernel - 1) of {@code axis} (0 vertical, 1 horizontal). */
  static Reach of(Window window, int axis, int tap, int inputs, int outputs) {
    int stride = window.stride(axis);
    int shift = tap * window.dilations().get(axis) - window.before(axis);
    int first = Math.max(0, Math.ceilDiv(-shift, stride));
    int end = Math.min(outputs, Math.floorDiv(inputs - 1 - shift, stride) + 1);
    return new Reach(first, end, stride, shift);
  }

  int source(int output) {
    return output * stride + shift;
  }
}
