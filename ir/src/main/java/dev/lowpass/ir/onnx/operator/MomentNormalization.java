package dev.lowpass.ir.onnx.operator;

import dev.lowpass.ir.Value;
import dev.lowpass.ir.op.Binary;
import dev.lowpass.ir.op.MathFunction;
import java.util.List;

/**
 * Data less their mean, divided by their standard deviation, both taken along some axes. The variance is that of the
 * data less their mean: in f32 the mean of squares less the square of the mean is not exact enough.
 *
 * @param mean of the data, with extent 1 along the axes
 * @param inverse 1 / sqrt(variance + epsilon), with extent 1 along the axes
 */
record MomentNormalization(Value centred, Value mean, Value inverse, Value result) {
  static MomentNormalization of(NodeImport node, Value x, List<Integer> axes, float epsilon) {
    Statistics statistics = new Statistics(node);
    Value mean = statistics.mean("mean", x, axes);
    Value centred = statistics.binary("centred", Binary.Kind.SUB, x, mean);
    Value inverse = inverse(statistics, centred, axes, epsilon);
    return new MomentNormalization(
        centred, mean, inverse, statistics.binary("normal", Binary.Kind.MUL, centred, inverse));
  }

  /** 1 / sqrt(mean of squares + {@code epsilon}). */
  static Value inverse(Statistics statistics, Value x, List<Integer> axes, float epsilon) {
    Value variance = statistics.mean("variance", statistics.square("square", x), axes);
    Value positive = statistics.binary("positive", Binary.Kind.ADD, variance, epsilon);
    Value deviation = statistics.function("deviation", MathFunction.Kind.SQRT, positive);
    return statistics.function("inverse", MathFunction.Kind.RECIPROCAL, deviation);
  }
}
