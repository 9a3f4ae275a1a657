package dev.lowpass.ir.onnx.operator;

import dev.lowpass.ir.ElementType;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.op.Binary;
import dev.lowpass.ir.op.Cast;
import dev.lowpass.ir.op.Reshape;

/** DequantizeLinear: the difference to the zero point as an integer, times the scale. */
final class DequantizeLinearImport implements OperatorImport {
  @Override
  public void convert(NodeImport node) {
    Granularity parts = Granularity.of(node);
    Value q = parts.data(node, node.operand(0, ElementType.I32));
    Value scale = parts.parameter(node, node.operand(1), "scales");
    if (node.hasOperand(2)) {
      Value zero = parts.parameter(node, node.operand(2, ElementType.I32), "zeros");
      q = node.add("difference", new Binary(Binary.Kind.SUB), q, zero);
    }
    Value number = node.add("number", new Cast(ElementType.F32), q);
    node.result(new Reshape(node.shape(0)), node.add("product", Binary.mul(), number, scale));
  }
}
