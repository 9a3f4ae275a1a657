package dev.lowpass.ir.onnx.operator;

import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.op.Comparison;
import dev.lowpass.ir.op.MathFunction;

/** IsInf: of both signs, of one, or of none. */
final class IsInfImport implements OperatorImport {
  @Override
  public void convert(NodeImport node) {
    boolean positive = node.attributes().integer("detect_positive", 1) != 0;
    boolean negative = node.attributes().integer("detect_negative", 1) != 0;
    Value x = node.operand(0);
    Value magnitude = x;
    if (positive && negative) {
      magnitude = node.add("magnitude", new MathFunction(MathFunction.Kind.ABS), x);
    } else if (negative) {
      magnitude = node.add("negative", new MathFunction(MathFunction.Kind.NEG), x);
    }
    Value infinity = node.add("infinity", Tensor.scalar(Float.POSITIVE_INFINITY));
    // Nothing is above infinity, so that this is never true.
    Comparison.Kind kind = positive || negative ? Comparison.Kind.LESS_OR_EQUAL : Comparison.Kind.LESS;
    node.result(new Comparison(kind), infinity, magnitude);
  }
}
