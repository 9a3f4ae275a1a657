package dev.lowpass.ir.onnx.operator;

import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.op.Binary;
import dev.lowpass.ir.op.Reshape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Conv: pointwise and depthwise forms included, which passes recognise later. A bias that is computed at run time is
 * added, one number a channel.
 */
final class ConvolutionImport implements OperatorImport {
  @Override
  public void convert(NodeImport node) {
    SlidingWindow sliding = new SlidingWindow(node);
    Shape weight = node.shape(1);
    int rank = node.shape(0).rank();
    if (weight.rank() != rank) {
      throw new IllegalArgumentException("weight of shape " + weight + " for an operand of shape " + node.shape(0));
    }
    List<Integer> kernel = weight.dims().subList(2, rank);
    if (node.attributes().has("kernel_shape") && !sliding.kernel().equals(kernel)) {
      throw new IllegalArgumentException(
          "kernel_shape is " + sliding.kernel() + ", but the weight has shape " + weight);
    }
    int groups = Math.toIntExact(node.attributes().integer("group", 1));
    List<WindowAxis> axes = sliding.axes(kernel);
    Value map = SlidingWindow.cropped(node, node.operand(0), axes);
    ConvolvedMaps maps = new ConvolvedMaps(node, axes.stream().map(WindowAxis::cropped).toList(), groups);
    List<Value> factors = List.of(node.operand(1));
    if (!node.hasOperand(2)) {
      maps.of(map, factors, node::define);
    } else if (node.tensor(node.operand(2)).isPresent()) {
      maps.of(map, List.of(node.operand(1), node.operand(2)), node::define);
    } else {
      Value product = maps.of(map, factors, (op, operands) -> node.add("product", op, operands));
      addBias(node, product, node.operand(2));
    }
  }

  /** Defines the result as {@code product} [N, M, ...] and {@code bias} [M]. */
  static void addBias(NodeImport node, Value product, Value bias) {
    Shape shape = product.type().shape();
    if (bias.type().shape().rank() != 1 || bias.type().shape().dim(0) != shape.dim(1)) {
      throw new IllegalArgumentException("bias " + bias.type() + " for " + shape.dim(1) + " output channels");
    }
    List<Integer> dims = new ArrayList<>(Collections.nCopies(shape.rank() - 1, 1));
    dims.set(0, shape.dim(1));
    node.result(new Binary(Binary.Kind.ADD), product, node.add("bias", new Reshape(new Shape(dims)), bias));
  }
}
