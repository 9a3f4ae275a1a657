package dev.lowpass.ir.onnx.operator;

import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * For what parts of a tensor QuantizeLinear and DequantizeLinear have parameters of their own: for all of it, for each
 * place along an axis, or for each block of places along it.
 *
 * @param data the shape in which parameters broadcast to the tensor
 * @param parameters theirs
 */
record Granularity(Shape data, Shape parameters) {
  static Granularity of(NodeImport node) {
    Shape shape = node.shape(0);
    Shape scales = node.shape(1);
    if (scales.elements() == 1 && scales.rank() <= 1) {
      return new Granularity(shape, Shape.of());
    }
    int axis = Axes.normal(node.attributes().integer("axis", 1), shape.rank());
    int block = Math.toIntExact(node.attributes().integer("block_size", 0));
    if (block == 0) {
      return new Granularity(shape, Quantization.along(scales, axis, shape.rank()));
    }
    if (scales.rank() != shape.rank() || scales.dim(axis) * (long) block != shape.dim(axis)) {
      throw node.unsupported("blocks of " + block + " and scales of shape " + scales + " for " + shape);
    }
    List<Integer> data = new ArrayList<>(shape.dims());
    data.set(axis, block);
    data.add(axis, scales.dim(axis));
    List<Integer> parameters = new ArrayList<>(scales.dims());
    parameters.add(axis + 1, 1);
    return new Granularity(new Shape(data), new Shape(parameters));
  }

  Value data(NodeImport node, Value value) {
    return Quantization.reshaped(node, value, data, "blocks");
  }

  Value parameter(NodeImport node, Value value, String suffix) {
    return value.type().shape().elements() == 1 && value.type().shape().rank() <= 1
        ? value
        : Quantization.reshaped(node, value, parameters, suffix);
  }
}
