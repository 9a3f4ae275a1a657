package dev.lowpass.ir.onnx.operator;

import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Tensor;
import java.util.Arrays;
import java.util.List;

/** ConstantOfShape: a constant shape filled with one value, 0 as f32 by default. */
final class ConstantOfShapeImport implements OperatorImport {
  @Override
  public void convert(NodeImport node) {
    List<Long> dims =
        node.integers(0, "a shape").orElseThrow(() -> new IllegalArgumentException("the shape is missing"));
    Shape shape = new Shape(Axes.extents(dims));
    Tensor value = node.attributes().tensor("value").map(node::decode).orElse(Tensor.scalar(0));
    if (value.shape().elements() != 1) {
      throw new IllegalArgumentException("value is one number, not " + value.type());
    }
    boolean floating = value.type().element().isFloating();
    node.spend(shape, !floating);
    int elements = (int) shape.elements();
    if (floating) {
      float[] floats = new float[elements];
      Arrays.fill(floats, value.floats()[0]);
      node.result(Tensor.of(floats, shape));
    } else {
      long[] integers = new long[elements];
      Arrays.fill(integers, value.integers()[0]);
      node.result(Tensor.ofIntegers(value.type().element(), integers, shape));
    }
  }
}
