package dev.lowpass.ir.onnx.operator;

/** CastLike: to the type of the second operand. */
final class CastLikeImport implements OperatorImport {
  @Override
  public void convert(NodeImport node) {
    CastImport.convert(node, node.element(1));
  }
}
