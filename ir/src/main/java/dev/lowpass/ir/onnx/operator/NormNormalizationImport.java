package dev.lowpass.ir.onnx.operator;

import dev.lowpass.ir.ElementType;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.op.Binary;
import dev.lowpass.ir.op.Cast;
import dev.lowpass.ir.op.Select;
import java.util.List;

/** LpNormalization: elements divided by their norm along an axis; zeros stay zeros. */
final class NormNormalizationImport implements OperatorImport {
  @Override
  public void convert(NodeImport node) {
    Value x = node.operand(0);
    Shape shape = x.type().shape();
    int axis = Axes.normal(node.attributes().integer("axis", -1), shape.rank());
    long p = node.attributes().integer("p", 2);
    if (p != 1 && p != 2) {
      throw new IllegalArgumentException("p = " + p + "; it is 1 or 2");
    }
    Value norm = new Statistics(node).norm("norm", x, List.of(axis), p);
    Value positive = node.add("positive", new Cast(ElementType.BOOL), norm);
    Value divisor = node.add("divisor", new Select(), positive, norm, node.add("one", Tensor.scalar(1)));
    node.result(new Binary(Binary.Kind.DIV), x, divisor);
  }
}
