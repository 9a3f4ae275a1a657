package dev.lowpass.ir.onnx.operator;

import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.op.MatrixProduct;
import dev.lowpass.ir.op.Transpose;
import java.util.ArrayList;
import java.util.List;

/** AffineGrid: the places of a grid between -1 and 1, width first, as affine maps [N, axes, axes + 1] move them. */
final class AffineGridImport implements OperatorImport {
  @Override
  public void convert(NodeImport node) {
    List<Integer> size =
        Axes.extents(node.integers(1, "a size").orElseThrow(() -> new IllegalArgumentException("the size is missing")));
    int axes = size.size() - 2;
    if (axes < 2 || axes > 3 || !node.shape(0).equals(Shape.of(size.getFirst(), axes, axes + 1))) {
      throw new IllegalArgumentException("theta of shape %s for a grid of %s".formatted(node.shape(0), size));
    }
    List<Integer> extents = size.subList(2, size.size());
    int points = Math.toIntExact(new Shape(extents).elements());
    node.requireElements(Shape.of(size.getFirst(), points, axes));
    Value turned = node.add("turned", new Transpose(List.of(0, 2, 1)), node.operand(0));
    Value moved = node.add("moved", new MatrixProduct(), node.add("places", places(node, extents)), turned);
    List<Integer> dims = new ArrayList<>(List.of(size.getFirst()));
    dims.addAll(extents);
    dims.add(axes);
    node.alias(new Arithmetic(node).reshaped(new Shape(dims), moved));
  }

  /** [points, axes + 1], of which the last column is 1. */
  private static Tensor places(NodeImport node, List<Integer> extents) {
    int axes = extents.size();
    Shape shape = Shape.of(Math.toIntExact(new Shape(extents).elements()), axes + 1);
    node.spend(shape, false);
    boolean corners = node.attributes().flag("align_corners");
    float[] places = new float[Math.toIntExact(shape.elements())];
    for (int point = 0; point < shape.dim(0); point++) {
      int rest = point;
      for (int axis = axes - 1; axis >= 0; axis--) {
        int extent = extents.get(axis);
        places[point * (axes + 1) + axes - 1 - axis] = place(rest % extent, extent, corners);
        rest /= extent;
      }
      places[point * (axes + 1) + axes] = 1;
    }
    return Tensor.of(places, shape);
  }

  private static float place(int index, int extent, boolean corners) {
    if (corners) {
      return extent > 1 ? (float) (2.0 * index / (extent - 1) - 1) : 0;
    }
    return (float) ((2.0 * index + 1) / extent - 1);
  }
}
