package dev.lowpass.ir.onnx.operator;

/** Identity, and Dropout, which does nothing at inference. */
final class IdentityImport implements OperatorImport {
  @Override
  public void convert(NodeImport node) {
    if (node.isRead(1)) {
      throw node.unsupported("a second output (mask)");
    }
    node.alias(node.operand(0));
  }
}
