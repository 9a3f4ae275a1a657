package dev.lowpass.ir.onnx.operator;

import dev.lowpass.ir.Value;
import dev.lowpass.ir.op.Concat;
import java.util.stream.IntStream;

/** Concat; of one tensor it is that tensor. */
final class ConcatImport implements OperatorImport {
  @Override
  public void convert(NodeImport node) {
    int axis = Axes.normal(node.attributes().integer("axis", 1), node.shape(0).rank());
    Value[] operands = IntStream.range(0, node.operandCount()).mapToObj(node::operand).toArray(Value[]::new);
    if (operands.length == 1) {
      node.alias(operands[0]);
    } else {
      node.result(new Concat(axis), operands);
    }
  }
}
