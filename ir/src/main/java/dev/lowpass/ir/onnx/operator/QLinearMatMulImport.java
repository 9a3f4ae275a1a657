package dev.lowpass.ir.onnx.operator;

import dev.lowpass.ir.ElementType;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.op.Binary;

/** QLinearMatMul: exact sums, which are scaled in f32 and rounded once; one scale, or one a row and one a column. */
final class QLinearMatMulImport implements OperatorImport {
  @Override
  public void convert(NodeImport node) {
    Value left = Quantization.centred(node, node.operand(0), 2, MatMulIntegerImport.rows(node, 2, 3));
    Value right = Quantization.centred(node, node.operand(3), 5, MatMulIntegerImport.columns(node, 5, 3));
    Value sums = MatMulIntegerImport.product(node, left, right);
    Value rows = Quantization.reshaped(node, node.operand(1), MatMulIntegerImport.rows(node, 1, 3), "row.scales");
    Value columns =
        Quantization.reshaped(node, node.operand(4), MatMulIntegerImport.columns(node, 4, 3), "column.scales");
    Value factor =
        node.add(
            "factor",
            new Binary(Binary.Kind.DIV),
            node.add("scales", Binary.mul(), rows, columns),
            Quantization.scalar(node, 6, "result.scale"));
    Value scaled = node.add("real", Binary.mul(), Quantization.single(node, sums, "sum"), factor);
    ElementType element = node.operand(7).type().element();
    node.alias(Quantization.saturated(node, scaled, Quantization.zeroPoint(node, 7), element));
  }
}
