package dev.lowpass.ir.onnx.operator;

import dev.lowpass.ir.op.Softmax;

/** Softmax along {@link SoftmaxRows}. */
final class SoftmaxImport implements OperatorImport {
  @Override
  public void convert(NodeImport node) {
    SoftmaxRows rows = SoftmaxRows.of(node);
    rows.result(node, new Softmax(rows.axis()), rows.value());
  }
}
