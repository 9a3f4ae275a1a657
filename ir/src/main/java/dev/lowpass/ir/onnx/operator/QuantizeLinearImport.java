package dev.lowpass.ir.onnx.operator;

import dev.lowpass.ir.ElementType;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.onnx.tensor.Encoding;
import dev.lowpass.ir.op.Reshape;

/** QuantizeLinear, to integers of 8 and 16 bits. */
final class QuantizeLinearImport implements OperatorImport {
  @Override
  public void convert(NodeImport node) {
    ElementType element = element(node);
    Granularity parts = Granularity.of(node);
    Value x = parts.data(node, node.operand(0, ElementType.F32));
    Value scale = parts.parameter(node, node.operand(1, ElementType.F32), "scales");
    Value zero = parts.parameter(node, Quantization.zeroPoint(node, 2), "zeros");
    node.result(new Reshape(node.shape(0)), Quantization.quantized(node, x, scale, zero, element));
  }

  private static ElementType element(NodeImport node) {
    int number = Math.toIntExact(node.attributes().integer("output_dtype", 0));
    ElementType asked =
        number == 0
            ? ElementType.U8
            : Encoding.of(number).map(Encoding::element).orElseThrow(() -> node.unsupported("output type " + number));
    ElementType element = node.hasOperand(2) ? node.operand(2).type().element() : asked;
    return switch (element) {
      case I8, U8, I16, U16 -> element;
      case F32, F64, F16, BF16, I32, U32, I64, U64, BOOL -> throw node.unsupported("results of type " + element);
    };
  }
}
