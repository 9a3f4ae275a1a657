package dev.lowpass.ir.onnx.operator;

import dev.lowpass.ir.op.Select;

/** Where. */
final class WhereImport implements OperatorImport {
  @Override
  public void convert(NodeImport node) {
    node.result(new Select(), node.operand(0), node.operand(1), node.operand(2));
  }
}
