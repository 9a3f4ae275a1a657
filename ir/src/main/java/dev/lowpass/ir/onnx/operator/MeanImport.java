package dev.lowpass.ir.onnx.operator;

import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.op.Binary;

/** Mean of one or more operands with broadcasting. */
final class MeanImport implements OperatorImport {
  @Override
  public void convert(NodeImport node) {
    Value sum = node.operand(0);
    for (int i = 1; i < node.operandCount(); i++) {
      sum = node.add("part" + i, Binary.add(), sum, node.operand(i));
    }
    if (node.operandCount() == 1) {
      node.alias(sum);
    } else {
      node.result(new Binary(Binary.Kind.DIV), sum, node.add("count", Tensor.scalar(node.operandCount())));
    }
  }
}
