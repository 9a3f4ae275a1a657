package dev.lowpass.ir.onnx.operator;

import dev.lowpass.ir.op.Join;
import dev.lowpass.ir.op.ScatterElements;
import dev.lowpass.ir.op.ScatterPoints;

/** ScatterElements, which was called Scatter before opset 11, and ScatterND. */
final class ScatterImport implements OperatorImport {
  private final boolean points;

  /** @param points whether indices are tuples, as of ScatterND */
  ScatterImport(boolean points) {
    this.points = points;
  }

  @Override
  public void convert(NodeImport node) {
    Join join = join(node);
    if (points) {
      node.result(new ScatterPoints(join), node.operand(0), node.operand(1), node.operand(2));
      return;
    }
    int axis = Axes.normal(node.attributes().integer("axis", 0), node.shape(0).rank());
    node.result(new ScatterElements(axis, join), node.operand(0), node.operand(1), node.operand(2));
  }

  private static Join join(NodeImport node) {
    String reduction = node.attributes().text("reduction", "none");
    return switch (reduction) {
      case "none" -> Join.REPLACE;
      case "add" -> Join.ADD;
      case "mul" -> Join.MUL;
      case "min" -> Join.MIN;
      case "max" -> Join.MAX;
      default -> throw node.unsupported("reduction = " + reduction);
    };
  }
}
