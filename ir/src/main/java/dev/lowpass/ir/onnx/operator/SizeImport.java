package dev.lowpass.ir.onnx.operator;

import dev.lowpass.ir.ElementType;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Tensor;

/** Size: the number of elements, a constant. */
final class SizeImport implements OperatorImport {
  @Override
  public void convert(NodeImport node) {
    node.result(Tensor.ofIntegers(ElementType.I64, new long[] {node.shape(0).elements()}, Shape.of()));
  }
}
