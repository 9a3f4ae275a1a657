package dev.lowpass.ir.onnx.operator;

import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.op.Slice;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * What convolution and pooling share: the attributes kernel_shape, strides, pads, dilations and auto_pad, the latter
 * worked out to explicit pads, for maps [N, C, ...] of one to three axes.
 */
final class SlidingWindow {
  /** Larger ones are no network's, and sums of them would overflow. */
  private static final long LARGEST = 1 << 20;

  private final NodeImport node;
  private final Shape map;
  private final int axes;

  /** The window of {@code node}, whose operand 0 is the map. */
  SlidingWindow(NodeImport node) {
    this.node = node;
    this.map = node.shape(0);
    this.axes = map.rank() - 2;
    if (axes < 1 || axes > 3) {
      throw node.unsupported(
          "an operand of shape " + map + "; only [N, C, L], [N, C, H, W] and [N, C, D, H, W]");
    }
  }

  /** The kernel's extents, from the attribute, which pooling requires. */
  List<Integer> kernel() {
    return attribute("kernel_shape").orElseThrow(() -> new IllegalArgumentException("kernel_shape is missing"));
  }

  /** The window along every axis of the map, for a kernel of these extents; pads may be negative. */
  List<WindowAxis> axes(List<Integer> kernel) {
    List<WindowAxis> unpadded = unpadded(kernel);
    String mode = node.attributes().text("auto_pad", "NOTSET");
    return switch (mode) {
      case "NOTSET" -> explicit(unpadded);
      case "VALID" -> unpadded;
      case "SAME_UPPER" -> same(unpadded, 0);
      case "SAME_LOWER" -> same(unpadded, 1);
      default -> throw new IllegalArgumentException("auto_pad is " + mode);
    };
  }

  /** As {@link #axes}, without any pads. */
  List<WindowAxis> unpadded(List<Integer> kernel) {
    List<Integer> ones = Collections.nCopies(axes, 1);
    List<Integer> strides = attribute("strides").orElse(ones);
    List<Integer> dilations = attribute("dilations").orElse(ones);
    List<WindowAxis> unpadded = new ArrayList<>();
    for (int axis = 0; axis < axes; axis++) {
      unpadded.add(new WindowAxis(kernel.get(axis), strides.get(axis), dilations.get(axis), 0, 0));
    }
    return unpadded;
  }

  /** With the pads of the attribute, if it is there. */
  List<WindowAxis> explicit(List<WindowAxis> unpadded) {
    List<Integer> pads =
        node.attributes().integers("pads").map(SlidingWindow::bounded).orElse(Collections.nCopies(2 * axes, 0));
    if (pads.size() != 2 * axes) {
      throw new IllegalArgumentException("pads " + pads + " for an operand of shape " + map);
    }
    List<WindowAxis> padded = new ArrayList<>();
    for (int axis = 0; axis < axes; axis++) {
      padded.add(unpadded.get(axis).withPads(pads.get(axis), pads.get(axis + axes)));
    }
    return padded;
  }

  /**
   * Zeros so that there are ceil(extent / stride) outputs.
   *
   * @param more 1 where the odd zero goes to the beginning, 0 where it goes to the end
   */
  private List<WindowAxis> same(List<WindowAxis> unpadded, int more) {
    List<WindowAxis> padded = new ArrayList<>();
    for (int axis = 0; axis < axes; axis++) {
      WindowAxis window = unpadded.get(axis);
      int extent = map.dim(2 + axis);
      int outputs = Math.ceilDiv(extent, window.stride());
      int zeros = Math.max((outputs - 1) * window.stride() + window.reach() - extent, 0);
      int before = (zeros + more) / 2;
      padded.add(window.withPads(before, zeros - before));
    }
    return padded;
  }

  private Optional<List<Integer>> attribute(String name) {
    Optional<List<Integer>> values = node.attributes().integers(name).map(SlidingWindow::bounded);
    if (values.isPresent() && values.orElseThrow().size() != axes) {
      throw new IllegalArgumentException(
          values.orElseThrow() + " for the spatial axes of an operand of shape " + map);
    }
    return values;
  }

  private static List<Integer> bounded(List<Long> values) {
    if (values.stream().anyMatch(value -> value > LARGEST || value < -LARGEST)) {
      throw new IllegalArgumentException("window of " + values + "; numbers up to " + LARGEST + " are read");
    }
    return Axes.extents(values);
  }

  /** {@code map} [N, C, ...] without what negative pads leave out. */
  static Value cropped(NodeImport node, Value map, List<WindowAxis> axes) {
    if (axes.stream().allMatch(axis -> axis.before() >= 0 && axis.after() >= 0)) {
      return map;
    }
    Shape shape = map.type().shape();
    List<Integer> starts = new ArrayList<>(List.of(0, 0));
    List<Integer> extents = new ArrayList<>(shape.dims().subList(0, 2));
    for (int axis = 0; axis < axes.size(); axis++) {
      int start = Math.max(-axes.get(axis).before(), 0);
      int extent = shape.dim(2 + axis) - start - Math.max(-axes.get(axis).after(), 0);
      if (extent < 1) {
        throw new IllegalArgumentException(
            "pads %d and %d of an axis of %d elements"
                .formatted(axes.get(axis).before(), axes.get(axis).after(), shape.dim(2 + axis)));
      }
      starts.add(start);
      extents.add(extent);
    }
    return node.add("cropped", new Slice(starts, extents, Collections.nCopies(shape.rank(), 1)), map);
  }
}
