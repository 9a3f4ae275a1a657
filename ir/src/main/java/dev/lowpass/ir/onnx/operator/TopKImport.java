package dev.lowpass.ir.onnx.operator;

import dev.lowpass.ir.op.TopK;
import java.util.List;

/**
 * TopK; how many is an attribute before opset 10, then an operand. Results are always in order, as sorted = 0 allows.
 */
final class TopKImport implements OperatorImport {
  @Override
  public void convert(NodeImport node) {
    int axis = Axes.normal(node.attributes().integer("axis", -1), node.shape(0).rank());
    boolean largest = node.attributes().integer("largest", 1) != 0;
    int count = count(node);
    if (node.isRead(0)) {
      node.result(0, new TopK(TopK.Part.VALUES, axis, count, largest), node.operand(0));
    }
    if (node.isRead(1)) {
      node.result(1, new TopK(TopK.Part.INDICES, axis, count, largest), node.operand(0));
    }
  }

  private static int count(NodeImport node) {
    List<Long> count =
        node.opset() < 10
            ? List.of(node.attributes().integer("k", -1))
            : node.integers(1, "how many").orElse(List.of());
    if (count.size() != 1 || count.getFirst() < 0 || count.getFirst() > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("k = " + count);
    }
    return count.getFirst().intValue();
  }
}
