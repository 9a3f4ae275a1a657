package dev.lowpass.ir.onnx.operator;

import dev.lowpass.ir.Value;
import dev.lowpass.ir.op.Binary;
import dev.lowpass.ir.op.MathFunction;
import dev.lowpass.ir.op.Reduce;
import java.util.List;

/** LogSoftmax: x less its maximum, less the logarithm of the sum of the exponentials of that. */
final class LogSoftmaxImport implements OperatorImport {
  @Override
  public void convert(NodeImport node) {
    SoftmaxRows rows = SoftmaxRows.of(node);
    List<Integer> axes = List.of(rows.axis());
    Statistics statistics = new Statistics(node);
    Value x = rows.value();
    Value largest = statistics.reduced("largest", Reduce.Kind.MAX, x, axes);
    Value shifted = statistics.binary("shifted", Binary.Kind.SUB, x, largest);
    Value powers = statistics.function("power", MathFunction.Kind.EXP, shifted);
    Value sum = statistics.reduced("sum", Reduce.Kind.SUM, powers, axes);
    Value log = statistics.function("log", MathFunction.Kind.LOG, sum);
    rows.result(node, new Binary(Binary.Kind.SUB), shifted, log);
  }
}
