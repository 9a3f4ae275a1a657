package dev.lowpass.ir.onnx.operator;

import dev.lowpass.ir.Shape;
import dev.lowpass.ir.op.Expand;
import java.util.List;

/** Expand to a constant shape; both broadcast to the result, so that extents of 1 in the shape keep the operand's. */
final class ExpandImport implements OperatorImport {
  @Override
  public void convert(NodeImport node) {
    List<Long> wanted =
        node.integers(1, "a shape").orElseThrow(() -> new IllegalArgumentException("the shape is missing"));
    Shape shape = Shape.broadcast(node.shape(0), new Shape(Axes.extents(wanted)));
    if (shape.equals(node.shape(0))) {
      node.alias(node.operand(0));
    } else {
      node.result(new Expand(shape), node.operand(0));
    }
  }
}
