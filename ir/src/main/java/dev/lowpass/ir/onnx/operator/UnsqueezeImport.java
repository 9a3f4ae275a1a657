package dev.lowpass.ir.onnx.operator;

import dev.lowpass.ir.Shape;
import dev.lowpass.ir.op.Reshape;
import java.util.ArrayList;
import java.util.List;

/** Unsqueeze; axes, which count in the result, are an attribute before opset 13, then an operand. */
final class UnsqueezeImport implements OperatorImport {
  @Override
  public void convert(NodeImport node) {
    Shape shape = node.shape(0);
    List<Long> given =
        node.integers("axes", 1, "axes").orElseThrow(() -> new IllegalArgumentException("axes are missing"));
    List<Integer> dims = new ArrayList<>(shape.dims());
    for (int axis : Axes.normal(given, shape.rank() + given.size())) {
      dims.add(axis, 1);
    }
    node.result(new Reshape(new Shape(dims)), node.operand(0));
  }
}
