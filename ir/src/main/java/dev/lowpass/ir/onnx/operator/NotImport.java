package dev.lowpass.ir.onnx.operator;

import dev.lowpass.ir.ElementType;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.op.Bitwise;

/** Not, and BitwiseNot of integers: all bits turned over. */
final class NotImport implements OperatorImport {
  @Override
  public void convert(NodeImport node) {
    ElementType element = node.operand(0).type().element();
    Value ones = node.add("ones", Tensor.ofIntegers(element, new long[] {element.wrapped(-1)}, Shape.of()));
    node.result(new Bitwise(Bitwise.Kind.XOR), node.operand(0), ones);
  }
}
