package dev.lowpass.passes.machine;

import dev.lowpass.ir.op.Window;

/**
 * A pointwise convolution that expands a map's channels, a depthwise convolution of what it makes, and a pointwise
 * convolution behind that: what one kernel may do.
 *
 * @param images in a batch
 * @param height of the maps that the expansion reads and makes
 * @param width of these
 * @param channels of the input
 * @param hidden channels in between
 * @param outputs channels of the output
 * @param window of the depthwise convolution
 */
public record WholeBlock(int images, int height, int width, int channels, int hidden, int outputs, Window window) {
  /** Rows (axis 0) or columns (axis 1) of the maps before the depthwise convolution. */
  public int extent(int axis) {
    return axis == 0 ? height : width;
  }

  /** Rows or columns of the output. */
  public int outputExtent(int axis) {
    return window.outputExtent(axis, extent(axis), false);
  }

  /** Of all maps between expansion and depthwise convolution. */
  long positions() {
    return (long) images * height * width;
  }

  /** Of all outputs. */
  long outputPositions() {
    return (long) images * outputExtent(0) * outputExtent(1);
  }

  /** Bytes that are read and written where nothing in between reaches memory, weights aside. */
  long bytes() {
    return Float.BYTES * (positions() * channels + outputPositions() * outputs);
  }

  /** Bytes of what lies in between, written and read once. */
  long bytesBetween() {
    return 2 * Float.BYTES * positions() * hidden;
  }
}
