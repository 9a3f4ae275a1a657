package dev.lowpass.ir.onnx.operator;

import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.op.Binary;
import dev.lowpass.ir.op.Elu;

/** Celu: alpha times Elu of x / alpha. */
final class CeluImport implements OperatorImport {
  @Override
  public void convert(NodeImport node) {
    float alpha = node.attributes().real("alpha", 1);
    Value divisor = node.add("alpha", Tensor.scalar(alpha));
    node.result(new Elu(1, alpha), node.add("scaled", new Binary(Binary.Kind.DIV), node.operand(0), divisor));
  }
}
