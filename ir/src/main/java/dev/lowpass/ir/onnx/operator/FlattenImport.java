package dev.lowpass.ir.onnx.operator;

import dev.lowpass.ir.Shape;
import dev.lowpass.ir.op.Reshape;

/** Flatten to a matrix: axes before {@code axis} are rows, the others columns. */
final class FlattenImport implements OperatorImport {
  @Override
  public void convert(NodeImport node) {
    Shape shape = node.shape(0);
    long axis = node.attributes().integer("axis", 1);
    // Unlike elsewhere the rank itself is allowed: then there is one column.
    int split = axis == shape.rank() ? shape.rank() : Axes.normal(axis, shape.rank());
    int rows = Math.toIntExact(new Shape(shape.dims().subList(0, split)).elements());
    int columns = Math.toIntExact(new Shape(shape.dims().subList(split, shape.rank())).elements());
    node.result(new Reshape(Shape.of(rows, columns)), node.operand(0));
  }
}
