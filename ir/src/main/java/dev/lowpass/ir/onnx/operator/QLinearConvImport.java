package dev.lowpass.ir.onnx.operator;

import dev.lowpass.ir.ElementType;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.op.Binary;
import dev.lowpass.ir.op.Reshape;

/** QLinearConv: exact sums, which are scaled in f32 and rounded once. Scales of kernels may be one for each output. */
final class QLinearConvImport implements OperatorImport {
  @Override
  public void convert(NodeImport node) {
    Value sums = IntegerConvolution.of(node, 3, 2, 5);
    if (node.hasOperand(8)) {
      Shape channels = Shape.of(node.shape(8).dim(0), 1, 1);
      sums = node.add("biased", Binary.add(), sums, node.add("bias", new Reshape(channels), node.operand(8)));
    }
    Value kernels =
        Quantization.reshaped(node, node.operand(4), Quantization.along(node.shape(4), 0, 3), "kernel.scales");
    Value product = node.add("scales", Binary.mul(), Quantization.scalar(node, 1, "map.scale"), kernels);
    Value factor =
        node.add("factor", new Binary(Binary.Kind.DIV), product, Quantization.scalar(node, 6, "result.scale"));
    Value scaled = node.add("real", Binary.mul(), Quantization.single(node, sums, "sum"), factor);
    ElementType element = node.operand(7).type().element();
    node.alias(Quantization.saturated(node, scaled, Quantization.zeroPoint(node, 7), element));
  }
}
