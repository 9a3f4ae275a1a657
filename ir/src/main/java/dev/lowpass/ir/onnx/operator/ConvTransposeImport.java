package dev.lowpass.ir.onnx.operator;

import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * ConvTranspose as a convolution with more outputs: those that are a stride apart read the same taps of the kernel, so
 * each such phase is a convolution without strides, and all of them together one with M · strides channels, whose
 * phases are then put side by side ({@link Phases}).
 */
final class ConvTransposeImport implements OperatorImport {
  @Override
  public void convert(NodeImport node) {
    Shape map = node.shape(0);
    SlidingWindow sliding = new SlidingWindow(node);
    Value weight = node.operand(1);
    Shape shape = weight.type().shape();
    int groups = Math.toIntExact(node.attributes().integer("group", 1));
    if (shape.rank() != map.rank() || shape.dim(0) != map.dim(1) || groups < 1 || map.dim(1) % groups != 0) {
      throw new IllegalArgumentException(
          "weight of shape %s for an operand of shape %s in %d groups".formatted(shape, map, groups));
    }
    List<Integer> kernel = shape.dims().subList(2, shape.rank());
    if (node.attributes().has("kernel_shape") && !sliding.kernel().equals(kernel)) {
      throw new IllegalArgumentException(
          "kernel_shape is " + sliding.kernel() + ", but the weight has shape " + shape);
    }
    List<Phases.Axis> axes = axes(node, sliding, sliding.unpadded(kernel));
    List<WindowAxis> windows = axes.stream().map(Phases.Axis::window).toList();
    Phases phases = new Phases(node, axes, shape.dim(1) * groups, groups);
    Value factors = phases.weight(weight);
    Value cropped = SlidingWindow.cropped(node, node.operand(0), windows);
    ConvolvedMaps maps = new ConvolvedMaps(node, windows.stream().map(WindowAxis::cropped).toList(), groups);
    ConvolvedMaps.Definition inner = (op, operands) -> node.add("product", op, operands);
    Optional<Tensor> bias = node.hasOperand(2) ? node.tensor(node.operand(2)) : Optional.empty();
    if (bias.isPresent()) {
      Value repeated = node.add("bias", phases.bias(bias.orElseThrow()));
      node.alias(phases.together(maps.of(cropped, List.of(factors, repeated), inner)));
    } else {
      Value product = phases.together(maps.of(cropped, List.of(factors), inner));
      if (node.hasOperand(2)) {
        ConvolutionImport.addBias(node, product, node.operand(2));
      } else {
        node.alias(product);
      }
    }
  }

  /** Pads and extents of the result, by one of ONNX's three ways to say them. */
  private static List<Phases.Axis> axes(NodeImport node, SlidingWindow sliding, List<WindowAxis> kernels) {
    Shape map = node.shape(0);
    int count = kernels.size();
    String mode = node.attributes().text("auto_pad", "NOTSET");
    List<Integer> more = extents(node, "output_padding", count).orElse(Collections.nCopies(count, 0));
    Optional<List<Integer>> shape = extents(node, "output_shape", count);
    boolean same = mode.equals("SAME_UPPER") || mode.equals("SAME_LOWER");
    if (!same && !mode.equals("NOTSET") && !mode.equals("VALID")) {
      throw new IllegalArgumentException("auto_pad is " + mode);
    }
    List<WindowAxis> padded = mode.equals("NOTSET") && shape.isEmpty() ? sliding.explicit(kernels) : kernels;
    List<Phases.Axis> axes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      WindowAxis window = padded.get(i);
      int extent = map.dim(2 + i);
      int whole = Math.multiplyExact(extent - 1, window.stride()) + more.get(i) + window.reach();
      if (shape.isPresent() || same) {
        int wanted = shape.isPresent() ? shape.orElseThrow().get(i) : extent * window.stride();
        int pads = Math.max(whole - wanted, 0);
        int before = mode.equals("SAME_UPPER") ? pads / 2 : pads - pads / 2;
        axes.add(new Phases.Axis(window.withPads(before, pads - before), extent, wanted));
      } else {
        axes.add(new Phases.Axis(window, extent, whole - window.before() - window.after()));
      }
    }
    return axes;
  }

  /** Numbers for the spatial axes; where there are two more, they are those of images and channels. */
  private static Optional<List<Integer>> extents(NodeImport node, String name, int count) {
    Optional<List<Integer>> given = node.attributes().integers(name).map(Axes::extents);
    if (given.isEmpty() || given.orElseThrow().isEmpty()) {
      return Optional.empty();
    }
    List<Integer> values = given.orElseThrow();
    if (values.size() != count && values.size() != count + 2 || values.stream().anyMatch(value -> value < 0)) {
      throw new IllegalArgumentException(name + " " + values + " for " + count + " spatial axes");
    }
    return Optional.of(values.subList(values.size() - count, values.size()));
  }
}
