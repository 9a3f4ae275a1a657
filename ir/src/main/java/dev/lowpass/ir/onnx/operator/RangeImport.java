package dev.lowpass.ir.onnx.operator;

import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Tensor;

/** Range over constants: start, start + delta, … before limit. */
final class RangeImport implements OperatorImport {
  @Override
  public void convert(NodeImport node) {
    Tensor start = scalar(node, 0, "start");
    Tensor limit = scalar(node, 1, "limit");
    Tensor delta = scalar(node, 2, "delta");
    double count = Math.max(Math.ceil((limit.at(0) - start.at(0)) / delta.at(0)), 0);
    boolean floating = start.type().element().isFloating();
    // NaN, which a delta of 0 can give, is refused here too.
    if (!(count <= Integer.MAX_VALUE)) {
      throw new IllegalArgumentException(
          "a range from %s to %s by %s".formatted(start.at(0), limit.at(0), delta.at(0)));
    }
    node.spend(Shape.of((int) count), !floating);
    if (floating) {
      float[] values = new float[(int) count];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (start.at(0) + i * delta.at(0));
      }
      node.result(Tensor.of(values, values.length));
      return;
    }
    long[] values = new long[(int) count];
    for (int i = 0; i < values.length; i++) {
      values[i] = start.integers()[0] + i * delta.integers()[0];
    }
    node.result(Tensor.ofIntegers(start.type().element(), values, Shape.of(values.length)));
  }

  private static Tensor scalar(NodeImport node, int index, String name) {
    Tensor tensor =
        node.constant(index, "a " + name).orElseThrow(() -> new IllegalArgumentException(name + " is missing"));
    if (tensor.shape().elements() != 1) {
      throw new IllegalArgumentException(name + " is one number, not " + tensor.type());
    }
    return tensor;
  }
}
