package dev.lowpass.ir.onnx.operator;

import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.op.Reshape;
import java.util.stream.IntStream;

/** Compress by a constant condition: the slices of an axis, or elements of the whole, for which it is true. */
final class CompressImport implements OperatorImport {
  @Override
  public void convert(NodeImport node) {
    Tensor condition = node.tensor(node.operand(1)).orElseThrow(() -> SizedByData.refusal(node));
    Shape shape = node.shape(0);
    boolean whole = !node.attributes().has("axis");
    int axis = whole ? 0 : Axes.normal(node.attributes().integer("axis", 0), shape.rank());
    Value value =
        whole
            ? node.add("flat", new Reshape(Shape.of(Math.toIntExact(shape.elements()))), node.operand(0))
            : node.operand(0);
    long[] given = condition.integers();
    if (given.length > value.type().shape().dim(axis)) {
      throw new IllegalArgumentException(given.length + " conditions for axis " + axis + " of " + value.type());
    }
    int[] places = IntStream.range(0, given.length).filter(i -> given[i] != 0).toArray();
    node.alias(Taking.along(node, "taken", value, axis, places));
  }
}
