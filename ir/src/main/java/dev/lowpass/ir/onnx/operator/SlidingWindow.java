package dev.lowpass.ir.onnx.operator;

import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.op.Op;
import dev.lowpass.ir.op.Reshape;
import dev.lowpass.ir.op.Window;
import java.util.ArrayList;
import java.util.List;

/**
 * What convolution and pooling share: the attributes kernel_shape, strides, pads, dilations and auto_pad, the latter
 * worked out to explicit pads. A one-dimensional window over [N, C, L] is taken as one over [N, C, 1, L].
 */
final class SlidingWindow {
  /** Larger ones are no network's, and sums of them would overflow. */
  private static final long LARGEST = 1 << 20;

  private final NodeImport node;
  private final int rank;

  /** The window of {@code node}, whose operand 0 is the map. */
  SlidingWindow(NodeImport node) {
    this.node = node;
    this.rank = node.shape(0).rank();
    if (rank != 3 && rank != 4) {
      throw node.unsupported("an operand of shape " + node.shape(0) + "; only [N, C, L] and [N, C, H, W]");
    }
  }

  /** {@code value} with two spatial axes: a map or a kernel. */
  Value image(int operand, String suffix) {
    Value value = node.operand(operand);
    if (rank == 4) {
      return value;
    }
    List<Integer> dims = new ArrayList<>(value.type().shape().dims());
    dims.add(2, 1);
    return node.add(suffix, new Reshape(new Shape(dims)), value);
  }

  /** Defines the first output as the result of {@code op}, with as many axes as operand 0 has. */
  void result(Op op, Value... operands) {
    if (rank == 4) {
      node.result(op, operands);
      return;
    }
    Value image = node.add("image", op, operands);
    List<Integer> dims = new ArrayList<>(image.type().shape().dims());
    dims.remove(2);
    node.result(new Reshape(new Shape(dims)), image);
  }

  /** The kernel's extents [height, width] from the attribute, which pooling requires. */
  List<Integer> kernel() {
    return twoAxes(
        node.attributes()
            .integers("kernel_shape")
            .orElseThrow(() -> new IllegalArgumentException("kernel_shape is missing")));
  }

  /** The window for a kernel of {@code kernel} [height, width] over {@code image} [N, C, H, W]. */
  Window window(List<Integer> kernel, Shape image) {
    List<Integer> strides = attribute("strides");
    List<Integer> dilations = attribute("dilations");
    Window unpadded = new Window(kernel, strides, Window.NO_PADS, dilations);
    return new Window(kernel, strides, pads(unpadded, image), dilations);
  }

  private List<Integer> attribute(String name) {
    return node.attributes().integers(name).map(values -> twoAxes(values)).orElse(Window.ONES);
  }

  private List<Integer> pads(Window unpadded, Shape image) {
    String mode = node.attributes().text("auto_pad", "NOTSET");
    return switch (mode) {
      case "NOTSET" -> node.attributes().integers("pads").map(this::explicitPads).orElse(Window.NO_PADS);
      case "VALID" -> Window.NO_PADS;
      case "SAME_UPPER", "SAME_LOWER" -> {
        int vertical = samePad(unpadded, 0, image.dim(2));
        int horizontal = samePad(unpadded, 1, image.dim(3));
        // The odd zero goes to the end for UPPER, to the beginning for LOWER.
        int more = mode.equals("SAME_UPPER") ? 0 : 1;
        int top = (vertical + more) / 2;
        int left = (horizontal + more) / 2;
        yield List.of(top, left, vertical - top, horizontal - left);
      }
      default -> throw new IllegalArgumentException("auto_pad is " + mode);
    };
  }

  /** Zeros along an axis so that the output has ceil(extent / stride) elements. */
  private static int samePad(Window window, int axis, int extent) {
    int outputs = Math.ceilDiv(extent, window.stride(axis));
    return Math.max((outputs - 1) * window.stride(axis) + window.reach(axis) - extent, 0);
  }

  private List<Integer> explicitPads(List<Long> pads) {
    List<Integer> checked = bounded(pads);
    if (checked.size() != 2 * (rank - 2)) {
      throw new IllegalArgumentException("pads " + pads + " for an operand of shape " + node.shape(0));
    }
    if (checked.stream().anyMatch(pad -> pad < 0)) {
      throw node.unsupported("negative pads " + pads);
    }
    return rank == 4 ? checked : List.of(0, checked.get(0), 0, checked.get(1));
  }

  private List<Integer> twoAxes(List<Long> values) {
    List<Integer> checked = bounded(values);
    if (checked.size() != rank - 2) {
      throw new IllegalArgumentException(values + " for the spatial axes of an operand of shape " + node.shape(0));
    }
    return rank == 4 ? checked : List.of(1, checked.get(0));
  }

  private static List<Integer> bounded(List<Long> values) {
    if (values.stream().anyMatch(value -> Math.abs(value) > LARGEST)) {
      throw new IllegalArgumentException("window of " + values + "; numbers up to " + LARGEST + " are read");
    }
    return Axes.extents(values);
  }
}
