package dev.lowpass.ir.onnx.operator;

import dev.lowpass.ir.Value;
import dev.lowpass.ir.op.Bitwise;

/** And, Or and Xor, of truth values or of the bits of integers. */
final class BitwiseImport implements OperatorImport {
  private final Bitwise.Kind kind;

  BitwiseImport(Bitwise.Kind kind) {
    this.kind = kind;
  }

  @Override
  public void convert(NodeImport node) {
    Value left = node.operand(0);
    node.result(new Bitwise(kind), left, BinaryImport.aligned(node, left, node.operand(1)));
  }
}
