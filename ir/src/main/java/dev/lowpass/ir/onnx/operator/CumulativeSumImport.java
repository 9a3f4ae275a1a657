package dev.lowpass.ir.onnx.operator;

import dev.lowpass.ir.op.CumulativeSum;
import java.util.List;

/** CumSum along an axis that is a constant. */
final class CumulativeSumImport implements OperatorImport {
  @Override
  public void convert(NodeImport node) {
    List<Long> axis = node.integers(1, "an axis").orElse(List.of());
    if (axis.size() != 1) {
      throw new IllegalArgumentException("axis = " + axis + "; it is one number");
    }
    node.result(
        new CumulativeSum(
            Axes.normal(axis.getFirst(), node.shape(0).rank()),
            node.attributes().flag("exclusive"),
            node.attributes().flag("reverse")),
        node.operand(0));
  }
}
