package dev.lowpass.ir.onnx.operator;

import dev.lowpass.ir.op.GatherElements;

/** GatherElements. */
final class GatherElementsImport implements OperatorImport {
  @Override
  public void convert(NodeImport node) {
    int axis = Axes.normal(node.attributes().integer("axis", 0), node.shape(0).rank());
    node.result(new GatherElements(axis), node.operand(0), node.operand(1));
  }
}
