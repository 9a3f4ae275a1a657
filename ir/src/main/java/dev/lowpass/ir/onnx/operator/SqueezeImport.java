package dev.lowpass.ir.onnx.operator;

import dev.lowpass.ir.Shape;
import dev.lowpass.ir.op.Reshape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Squeeze; axes are an attribute before opset 13, then an operand, and without them all axes of extent 1 go. */
final class SqueezeImport implements OperatorImport {
  @Override
  public void convert(NodeImport node) {
    Shape shape = node.shape(0);
    Optional<List<Integer>> axes = node.integers("axes", 1, "axes").map(given -> Axes.normal(given, shape.rank()));
    List<Integer> dims = new ArrayList<>();
    for (int axis = 0; axis < shape.rank(); axis++) {
      boolean named = axes.isPresent() && axes.get().contains(axis);
      if (named && shape.dim(axis) != 1) {
        throw new IllegalArgumentException("axis " + axis + " of " + shape + " has not extent 1");
      }
      if (!named && (axes.isPresent() || shape.dim(axis) != 1)) {
        dims.add(shape.dim(axis));
      }
    }
    node.result(new Reshape(new Shape(dims)), node.operand(0));
  }
}
