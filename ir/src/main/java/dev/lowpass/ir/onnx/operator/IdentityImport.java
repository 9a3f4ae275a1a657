package dev.lowpass.ir.onnx.operator;

/** Identity. */
final class IdentityImport implements OperatorImport {
  @Override
  public void convert(NodeImport node) {
    node.alias(node.operand(0));
  }
}
