package dev.lowpass.ir.onnx.operator;

import dev.lowpass.ir.op.Window;
import java.util.List;

/**
 * How a kernel slides along one axis.
 *
 * @param kernel taps
 * @param before zeros before the first element; where negative, so many elements are left out
 * @param after as {@code before}, behind the last element
 */
record WindowAxis(int kernel, int stride, int dilation, int before, int after) {
  /** One tap at every element: an axis along which nothing happens. */
  static final WindowAxis NONE = new WindowAxis(1, 1, 1, 0, 0);

  WindowAxis {
    if (kernel < 1 || stride < 1 || dilation < 1) {
      throw new IllegalArgumentException(
          "kernels, strides and dilations are 1 or more, not %d, %d and %d".formatted(kernel, stride, dilation));
    }
  }

  /** Elements from the first tap to the last one. */
  int reach() {
    return Math.addExact(Math.multiplyExact(kernel - 1, dilation), 1);
  }

  WindowAxis withPads(int zerosBefore, int zerosAfter) {
    return new WindowAxis(kernel, stride, dilation, zerosBefore, zerosAfter);
  }

  /** This axis over a map from which what negative pads leave out is gone. */
  WindowAxis cropped() {
    return withPads(Math.max(before, 0), Math.max(after, 0));
  }

  /** Windows along {@code extent} elements; all of them lie on the padded axis. */
  int outputs(int extent) {
    int room = extent + before + after - reach();
    if (room < 0) {
      throw new IllegalArgumentException(
          "a kernel of reach " + reach() + " on a padded extent of " + (room + reach()));
    }
    return room / stride + 1;
  }

  static Window window(WindowAxis rows, WindowAxis columns) {
    return new Window(
        List.of(rows.kernel, columns.kernel),
        List.of(rows.stride, columns.stride),
        List.of(rows.before, columns.before, rows.after, columns.after),
        List.of(rows.dilation, columns.dilation));
  }
}
