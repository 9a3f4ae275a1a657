package dev.lowpass.ir.onnx.operator;

import dev.lowpass.ir.op.IsNan;

/** IsNaN. */
final class IsNanImport implements OperatorImport {
  @Override
  public void convert(NodeImport node) {
    node.result(new IsNan(), node.operand(0));
  }
}
