package dev.lowpass.ir.onnx.operator;

/** ConvInteger: exact sums as i32. */
final class ConvIntegerImport implements OperatorImport {
  @Override
  public void convert(NodeImport node) {
    node.alias(IntegerConvolution.of(node, 1, 2, 3));
  }
}
