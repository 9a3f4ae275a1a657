package dev.lowpass.ir.onnx.operator;

import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.op.Binary;
import dev.lowpass.ir.op.MathFunction;
import dev.lowpass.ir.op.Sigmoid;

/** Swish: x times the sigmoid of alpha · x. */
final class SwishImport implements OperatorImport {
  @Override
  public void convert(NodeImport node) {
    Value x = node.operand(0);
    float alpha = node.attributes().real("alpha", 1);
    if (alpha == 1) {
      node.result(new MathFunction(MathFunction.Kind.SWISH), x);
      return;
    }
    Value scaled = node.add("scaled", Binary.mul(), x, node.add("alpha", Tensor.scalar(alpha)));
    node.result(Binary.mul(), x, node.add("sigmoid", new Sigmoid(), scaled));
  }
}
