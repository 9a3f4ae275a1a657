package dev.lowpass.ir.onnx.operator;

import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.op.Binary;
import dev.lowpass.ir.op.MathFunction;
import java.util.List;

/**
 * MeanVarianceNormalization, along batch and map if no axes are named. The standard deviation itself gets a small
 * summand, as ONNX defines it.
 */
final class MeanVarianceNormalizationImport implements OperatorImport {
  private static final float LEAST = 1e-9f;

  @Override
  public void convert(NodeImport node) {
    Value x = node.operand(0);
    Shape shape = x.type().shape();
    List<Integer> axes = Axes.normal(node.attributes().integers("axes").orElse(List.of(0L, 2L, 3L)), shape.rank());
    Statistics statistics = new Statistics(node);
    Value centred = statistics.binary("centred", Binary.Kind.SUB, x, statistics.mean("mean", x, axes));
    Value variance = statistics.mean("variance", statistics.square("square", centred), axes);
    Value deviation = statistics.function("deviation", MathFunction.Kind.SQRT, variance);
    Value divisor = statistics.binary("divisor", Binary.Kind.ADD, deviation, LEAST);
    node.result(new Binary(Binary.Kind.DIV), centred, divisor);
  }
}
