package dev.lowpass.ir.onnx.operator;

import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.op.Op;
import dev.lowpass.ir.op.Reshape;
import java.util.List;

/**
 * What Softmax, LogSoftmax and Hardmax work along: one axis from opset 13 on, before that all axes from {@code axis}
 * (default 1) on as one.
 *
 * @param value the operand, as a matrix where several axes are one
 * @param shape of the operand
 */
record SoftmaxRows(Value value, int axis, Shape shape) {
  static SoftmaxRows of(NodeImport node) {
    Value x = node.operand(0);
    Shape shape = x.type().shape();
    if (node.opset() >= 13) {
      return new SoftmaxRows(x, Axes.normal(node.attributes().integer("axis", -1), shape.rank()), shape);
    }
    int axis = Axes.normal(node.attributes().integer("axis", 1), shape.rank());
    List<Integer> flattened = shape.dims().subList(axis, shape.rank());
    if (flattened.stream().skip(1).allMatch(extent -> extent == 1)) {
      return new SoftmaxRows(x, axis, shape);
    }
    int columns = Math.toIntExact(new Shape(flattened).elements());
    int rows = Math.toIntExact(new Shape(shape.dims().subList(0, axis)).elements());
    return new SoftmaxRows(node.add("matrix", new Reshape(Shape.of(rows, columns)), x), 1, shape);
  }

  /** Defines the node's output as {@code op} of values that are shaped as {@link #value} is. */
  void result(NodeImport node, Op op, Value... operands) {
    if (value.type().shape().equals(shape)) {
      node.result(op, operands);
    } else {
      node.result(new Reshape(shape), node.add("rows", op, operands));
    }
  }
}
