package dev.lowpass.ir.onnx.operator;

import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.op.Comparison;
import dev.lowpass.ir.op.Select;

/** ThresholdedRelu: x where it is above alpha, else 0. */
final class ThresholdedReluImport implements OperatorImport {
  @Override
  public void convert(NodeImport node) {
    Value alpha = node.add("alpha", Tensor.scalar(node.attributes().real("alpha", 1)));
    Value above = node.add("above", new Comparison(Comparison.Kind.LESS), alpha, node.operand(0));
    node.result(new Select(), above, node.operand(0), node.add("zero", Tensor.scalar(0)));
  }
}
