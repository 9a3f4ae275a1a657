package dev.lowpass.ir.onnx.operator;

import dev.lowpass.ir.Value;
import dev.lowpass.ir.op.Comparison;

/** Equal, Less and LessOrEqual, and their opposites with the operands exchanged. */
final class ComparisonImport implements OperatorImport {
  private final Comparison.Kind kind;
  private final boolean exchanged;

  private ComparisonImport(Comparison.Kind kind, boolean exchanged) {
    this.kind = kind;
    this.exchanged = exchanged;
  }

  static ComparisonImport of(Comparison.Kind kind) {
    return new ComparisonImport(kind, false);
  }

  static ComparisonImport exchanged(Comparison.Kind kind) {
    return new ComparisonImport(kind, true);
  }

  @Override
  public void convert(NodeImport node) {
    Value left = node.operand(0);
    Value right = BinaryImport.aligned(node, left, node.operand(1));
    node.result(new Comparison(kind), exchanged ? right : left, exchanged ? left : right);
  }
}
