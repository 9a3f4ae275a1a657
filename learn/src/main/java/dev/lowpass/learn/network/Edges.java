package dev.lowpass.learn.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.lowpass.ir.op.Window;

/**
 * What is put around a map before a window slides over it. PyTorch adds the same on both sides; the rest is added
 * beforehand.
 */
record Edges(int top, int left, int bottom, int right) {
  static Edges of(Window window) {
    return new Edges(window.before(0), window.before(1), window.pads().get(2), window.pads().get(3));
  }

  private boolean isSymmetric() {
    return top == bottom && left == right;
  }

  /** What is left to PyTorch. */
  Shape symmetric() {
    return isSymmetric() ? new Shape(top, left) : new Shape(0, 0);
  }

  /** {@code input} with what PyTorch cannot add. */
  NDArray around(NDArray input, double value) {
    return isSymmetric() ? input : everywhere(input, value);
  }

  /** {@code input} [N, C, H, W] with everything around it. */
  NDArray everywhere(NDArray input, double value) {
    boolean none = top == 0 && left == 0 && bottom == 0 && right == 0;
    return none ? input : input.pad(new Shape(left, right, top, bottom), value);
  }
}
