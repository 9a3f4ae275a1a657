package dev.lowpass.ir.op;

import dev.lowpass.ir.Shape;
import java.util.List;

/**
 * How a kernel slides over a map: ONNX's attributes of the same names for two axes.
 *
 * @param kernel [height, width]
 * @param strides [vertical, horizontal]
 * @param pads zeros around the map: [top, left, bottom, right]; may not be negative
 * @param dilations [vertical, horizontal]
 */
public record Window(List<Integer> kernel, List<Integer> strides, List<Integer> pads, List<Integer> dilations) {
  public static final List<Integer> ONES = List.of(1, 1);
  public static final List<Integer> NO_PADS = List.of(0, 0, 0, 0);

  public Window {
    kernel = positive("kernel", kernel);
    strides = positive("strides", strides);
    dilations = positive("dilations", dilations);
    pads = List.copyOf(pads);
    if (pads.size() != 4 || pads.stream().anyMatch(pad -> pad < 0)) {
      throw new IllegalArgumentException("pads are four numbers of 0 or more [top, left, bottom, right], not " + pads);
    }
  }

  public static Window of(int kernel, int stride, int pad) {
    return new Window(
        List.of(kernel, kernel), List.of(stride, stride), List.of(pad, pad, pad, pad), ONES);
  }

  private static List<Integer> positive(String name, List<Integer> values) {
    if (values.size() != 2 || values.stream().anyMatch(value -> value < 1)) {
      throw new IllegalArgumentException(name + " are two numbers of 1 or more [vertical, horizontal], not " + values);
    }
    return List.copyOf(values);
  }

  /** The kernel's reach along {@code axis} (0 vertical, 1 horizontal), dilation included. */
  public int reach(int axis) {
    return Math.addExact(Math.multiplyExact(kernel.get(axis) - 1, dilations.get(axis)), 1);
  }

  /** Numbers that an output is a sum of, of each channel. */
  public int taps() {
    return Math.multiplyExact(kernel.get(0), kernel.get(1));
  }

  public int stride(int axis) {
    return strides.get(axis);
  }

  /** Zeros before the first row (axis 0) or column (axis 1). */
  public int before(int axis) {
    return pads.get(axis);
  }

  /** Output extent for an input extent; rounds down, or up when {@code ceil} (ONNX ceil_mode). */
  public int outputExtent(int axis, int extent, boolean ceil) {
    int room = Math.addExact(Math.addExact(extent, pads.get(axis)), pads.get(axis + 2)) - reach(axis);
    int steps = ceil ? Math.ceilDiv(room, stride(axis)) : Math.floorDiv(room, stride(axis));
    // Of a window that overhangs by less than a stride what lies on the map counts, if extents are rounded up.
    if (steps < 0) {
      throw new IllegalArgumentException("a kernel of reach " + reach(axis) + " on a padded extent of " + (room + reach(axis)));
    }
    // A window that would start beyond the map and its leading pad does not count (ONNX, PyTorch).
    if (ceil && steps * stride(axis) >= extent + pads.get(axis)) {
      steps--;
    }
    return steps + 1;
  }

  /** [N, channels, H', W'] for an image of shape {@code image}. */
  public Shape output(Shape image, int channels, boolean ceil) {
    return Shape.of(
        image.dim(0), channels, outputExtent(0, image.dim(2), ceil), outputExtent(1, image.dim(3), ceil));
  }

  /** Strides, pads and dilations where they are not the defaults. */
  Attributes attributesWithoutKernel() {
    return Attributes.none().with("strides", strides, ONES).with("pads", pads, NO_PADS).with("dilations", dilations, ONES);
  }

  Attributes attributes() {
    Attributes window = Attributes.none().with("kernel", kernel);
    return window.with("strides", strides, ONES).with("pads", pads, NO_PADS).with("dilations", dilations, ONES);
  }

  static Window parse(Attributes attributes, List<Integer> kernel) {
    return new Window(
        kernel,
        attributes.wholes("strides", ONES),
        attributes.wholes("pads", NO_PADS),
        attributes.wholes("dilations", ONES));
  }
}
