package dev.lowpass.ir.onnx.operator;

import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.op.Binary;
import java.util.List;

/** LayerNormalization over the axes from {@code axis} on, with its other outputs, mean and inverse deviation. */
final class LayerNormalizationImport implements OperatorImport {
  @Override
  public void convert(NodeImport node) {
    Value x = node.operand(0);
    Shape shape = x.type().shape();
    int axis = Axes.normal(node.attributes().integer("axis", -1), shape.rank());
    List<Integer> axes = Statistics.axesFrom(axis, shape);
    MomentNormalization normal = MomentNormalization.of(node, x, axes, node.attributes().real("epsilon", 1e-5f));
    if (node.hasOperand(2)) {
      Value scaled = node.add("scaled", Binary.mul(), normal.result(), node.operand(1));
      node.result(Binary.add(), scaled, node.operand(2));
    } else {
      node.result(Binary.mul(), normal.result(), node.operand(1));
    }
    if (node.isRead(1)) {
      node.alias(1, normal.mean());
    }
    if (node.isRead(2)) {
      node.alias(2, normal.inverse());
    }
  }
}
