package dev.lowpass.ir.onnx.operator;

import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.op.GlobalAveragePool;
import dev.lowpass.ir.op.Reshape;
import dev.lowpass.ir.op.Transpose;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * ReduceMean. Over height and width of an image it is a global average pool; over any other axes too, of the tensor
 * seen as [1, kept elements, 1, reduced elements].
 */
final class ReduceMeanImport implements OperatorImport {
  @Override
  public void convert(NodeImport node) {
    Shape shape = node.shape(0);
    List<Integer> reduced = axes(node, shape.rank());
    if (reduced.isEmpty()) {
      node.alias(node.operand(0));
      return;
    }
    boolean keep = node.attributes().integer("keepdims", 1) != 0;
    List<Integer> dims = new ArrayList<>();
    for (int axis = 0; axis < shape.rank(); axis++) {
      if (!reduced.contains(axis)) {
        dims.add(shape.dim(axis));
      } else if (keep) {
        dims.add(1);
      }
    }
    if (shape.rank() == 4 && reduced.equals(List.of(2, 3))) {
      if (keep) {
        node.result(new GlobalAveragePool(), node.operand(0));
      } else {
        node.result(new Reshape(new Shape(dims)), node.add("mean", new GlobalAveragePool(), node.operand(0)));
      }
      return;
    }
    Value mean = node.add("mean", new GlobalAveragePool(), image(node, shape, reduced));
    node.result(new Reshape(new Shape(dims)), mean);
  }

  private static List<Integer> axes(NodeImport node, int rank) {
    List<Long> axes = node.integers("axes", 1, "axes").orElse(List.of());
    if (!axes.isEmpty()) {
      return Axes.normal(axes, rank);
    }
    return node.attributes().flag("noop_with_empty_axes") ? List.of() : IntStream.range(0, rank).boxed().toList();
  }

  private static Value image(NodeImport node, Shape shape, List<Integer> reduced) {
    List<Integer> order = new ArrayList<>(IntStream.range(0, shape.rank()).boxed().toList());
    order.removeAll(reduced);
    int kept = extent(shape, order);
    order.addAll(reduced);
    boolean inPlace = order.equals(order.stream().sorted().toList());
    Value last = inPlace ? node.operand(0) : node.add("ordered", new Transpose(order), node.operand(0));
    return node.add("map", new Reshape(Shape.of(1, kept, 1, extent(shape, reduced))), last);
  }

  private static int extent(Shape shape, List<Integer> axes) {
    return axes.stream().map(shape::dim).reduce(1, Math::multiplyExact);
  }
}
