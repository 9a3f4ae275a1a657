package dev.lowpass.ir.onnx.operator;

import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.op.Binary;
import java.util.List;

/** RMSNormalization over the axes from {@code axis} on: as a layer normalisation, but nothing is taken off. */
final class RootMeanSquareNormalizationImport implements OperatorImport {
  @Override
  public void convert(NodeImport node) {
    Value x = node.operand(0);
    Shape shape = x.type().shape();
    List<Integer> axes =
        Statistics.axesFrom(Axes.normal(node.attributes().integer("axis", -1), shape.rank()), shape);
    float epsilon = node.attributes().real("epsilon", 1e-5f);
    Value inverse = MomentNormalization.inverse(new Statistics(node), x, axes, epsilon);
    node.result(Binary.mul(), node.add("normal", Binary.mul(), x, inverse), node.operand(1));
  }
}
