package dev.lowpass.testsuite.networks;

import java.util.Collections;
import java.util.List;

/**
 * A convolution's shape. Kernels, strides and dilations have an extent for each axis of the map, or one for all.
 *
 * @param groups -1: as many as there are channels (depthwise)
 * @param gain of the weights: 2 keeps the size of what a ReLU left, 1 of what is not cut off
 */
record Convolution(
    int outputs, List<Integer> kernel, int stride, int dilation, int groups, Padding padding, double gain) {
  /** How a map is continued. */
  enum Padding {
    /** As much on both sides as keeps the extent at stride 1. */
    SAME,
    NONE,

    /** As TensorFlow does, whose exporter leaves the numbers to the reader: more behind than before. */
    SAME_UPPER
  }

  static Convolution of(int outputs, int... kernel) {
    return new Convolution(outputs, Feature.shape(kernel), 1, 1, 1, Padding.SAME, 2);
  }

  static Convolution pointwise(int outputs) {
    return of(outputs, 1);
  }

  static Convolution depthwise(int channels, int kernel, int stride) {
    return of(channels, kernel).stride(stride).groups(-1);
  }

  Convolution stride(int changed) {
    return new Convolution(outputs, kernel, changed, dilation, groups, padding, gain);
  }

  Convolution dilation(int changed) {
    return new Convolution(outputs, kernel, stride, changed, groups, padding, gain);
  }

  Convolution groups(int changed) {
    return new Convolution(outputs, kernel, stride, dilation, changed, padding, gain);
  }

  Convolution padding(Padding changed) {
    return new Convolution(outputs, kernel, stride, dilation, groups, changed, gain);
  }

  Convolution gain(double changed) {
    return new Convolution(outputs, kernel, stride, dilation, groups, padding, changed);
  }

  /** The kernel's extent on each of {@code axes} axes. */
  List<Integer> kernel(int axes) {
    return kernel.size() == 1 ? Collections.nCopies(axes, kernel.getFirst()) : kernel;
  }

  /** How much is added on either side of a map's axis; only where the padding is symmetric. */
  int padding(int axis) {
    int extent = kernel.size() == 1 ? kernel.getFirst() : kernel.get(axis);
    return padding == Padding.SAME ? dilation * (extent - 1) / 2 : 0;
  }

  /** The extent of the result on an axis where the operand has {@code extent}. */
  int extent(int axis, int extent) {
    if (padding == Padding.SAME_UPPER) {
      return Math.ceilDiv(extent, stride);
    }
    int reach = dilation * ((kernel.size() == 1 ? kernel.getFirst() : kernel.get(axis)) - 1) + 1;
    return (extent + 2 * padding(axis) - reach) / stride + 1;
  }
}
