package dev.lowpass.ir.onnx.operator;

import dev.lowpass.ir.op.Bitwise;

/** BitShift. */
final class BitShiftImport implements OperatorImport {
  @Override
  public void convert(NodeImport node) {
    String direction = node.attributes().text("direction", "");
    Bitwise.Kind kind =
        switch (direction) {
          case "LEFT" -> Bitwise.Kind.SHIFT_LEFT;
          case "RIGHT" -> Bitwise.Kind.SHIFT_RIGHT;
          default -> throw new IllegalArgumentException("direction is '" + direction + "', neither LEFT nor RIGHT");
        };
    node.result(new Bitwise(kind), node.operand(0), node.operand(1));
  }
}
