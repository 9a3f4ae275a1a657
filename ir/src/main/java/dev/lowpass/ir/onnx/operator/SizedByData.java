package dev.lowpass.ir.onnx.operator;

import dev.lowpass.ir.LowpassException;

/**
 * Operators whose result has as many elements as the data decide: there is no memory plan for them. Where the data are
 * constants, some are computed at import.
 */
final class SizedByData implements OperatorImport {
  @Override
  public void convert(NodeImport node) {
    throw refusal(node);
  }

  static LowpassException refusal(NodeImport node) {
    return node.unsupported("data that decide the shape of its result, computed at run time,");
  }
}
