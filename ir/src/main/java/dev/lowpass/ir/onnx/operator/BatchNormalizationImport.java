package dev.lowpass.ir.onnx.operator;

import dev.lowpass.ir.op.BatchNormalization;

/** BatchNormalization as used for inference: one output, one scale a channel. */
final class BatchNormalizationImport implements OperatorImport {
  @Override
  public void convert(NodeImport node) {
    if (node.attributes().flag("training_mode")) {
      throw node.unsupported("training_mode = 1");
    }
    if (node.opset() < 7 && !node.attributes().flag("is_test")) {
      throw node.unsupported("is_test = 0");
    }
    if (node.opset() < 9 && node.attributes().integer("spatial", 1) == 0) {
      throw node.unsupported("spatial = 0");
    }
    for (int output = 1; output < node.outputCount(); output++) {
      if (node.isRead(output)) {
        throw node.unsupported("more than one output (training)");
      }
    }
    node.result(
        new BatchNormalization(node.attributes().real("epsilon", 1e-5f)),
        node.operand(0),
        node.operand(1),
        node.operand(2),
        node.operand(3),
        node.operand(4));
  }
}
