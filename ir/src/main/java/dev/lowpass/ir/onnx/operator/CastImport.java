package dev.lowpass.ir.onnx.operator;

import dev.lowpass.ir.ElementType;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.onnx.tensor.Encoding;
import dev.lowpass.ir.op.Cast;

/** Cast between all types that have an {@link ElementType}; f64 is computed as f32. */
final class CastImport implements OperatorImport {
  @Override
  public void convert(NodeImport node) {
    int to = Math.toIntExact(node.attributes().integer("to", 0));
    ElementType declared =
        Encoding.of(to).map(Encoding::element).orElseThrow(() -> node.unsupported("target type " + to));
    convert(node, declared);
  }

  /** Defines the first output as the first operand in {@code declared}. */
  static void convert(NodeImport node, ElementType declared) {
    ElementType element = declared == ElementType.F64 ? ElementType.F32 : declared;
    Value operand = node.operand(0);
    if (operand.type().element() == element) {
      node.alias(operand);
    } else {
      node.result(new Cast(element), operand);
    }
  }
}
