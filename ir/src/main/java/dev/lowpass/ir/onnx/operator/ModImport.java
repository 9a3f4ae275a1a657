package dev.lowpass.ir.onnx.operator;

import dev.lowpass.ir.op.Binary;

/** Mod: with fmod of the sign of the dividend, as in C, else of that of the divisor. */
final class ModImport implements OperatorImport {
  @Override
  public void convert(NodeImport node) {
    boolean remainder = node.attributes().flag("fmod");
    Binary.Kind kind = remainder ? Binary.Kind.REMAINDER : Binary.Kind.MOD;
    node.result(new Binary(kind), node.operand(0), node.operand(1));
  }
}
