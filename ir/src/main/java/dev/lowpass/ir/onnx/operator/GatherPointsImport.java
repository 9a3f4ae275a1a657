package dev.lowpass.ir.onnx.operator;

import dev.lowpass.ir.op.GatherPoints;

/** GatherND. */
final class GatherPointsImport implements OperatorImport {
  @Override
  public void convert(NodeImport node) {
    int batch = Math.toIntExact(node.attributes().integer("batch_dims", 0));
    node.result(new GatherPoints(batch), node.operand(0), node.operand(1));
  }
}
