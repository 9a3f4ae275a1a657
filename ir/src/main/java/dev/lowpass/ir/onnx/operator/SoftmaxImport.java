package dev.lowpass.ir.onnx.operator;

import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.op.Reshape;
import dev.lowpass.ir.op.Softmax;
import java.util.List;

/** Softmax: over one axis from opset 13 on, before that over all axes from {@code axis} (default 1) on. */
final class SoftmaxImport implements OperatorImport {
  @Override
  public void convert(NodeImport node) {
    Shape shape = node.shape(0);
    if (node.opset() >= 13) {
      node.result(new Softmax(Axes.normal(node.attributes().integer("axis", -1), shape.rank())), node.operand(0));
      return;
    }
    int axis = Axes.normal(node.attributes().integer("axis", 1), shape.rank());
    List<Integer> flattened = shape.dims().subList(axis, shape.rank());
    if (flattened.stream().skip(1).allMatch(extent -> extent == 1)) {
      node.result(new Softmax(axis), node.operand(0));
      return;
    }
    int columns = Math.toIntExact(new Shape(flattened).elements());
    int rows = Math.toIntExact(new Shape(shape.dims().subList(0, axis)).elements());
    Value matrix = node.add("matrix", new Reshape(Shape.of(rows, columns)), node.operand(0));
    node.result(new Reshape(shape), node.add("softmax", new Softmax(1), matrix));
  }
}
