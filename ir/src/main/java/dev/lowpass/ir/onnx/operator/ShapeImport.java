package dev.lowpass.ir.onnx.operator;

import dev.lowpass.ir.ElementType;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Tensor;
import java.util.List;

/** Shape, with start and end from opset 15 on. All shapes are known at import, so that it is a constant. */
final class ShapeImport implements OperatorImport {
  @Override
  public void convert(NodeImport node) {
    Shape shape = node.shape(0);
    int start = bound(node.attributes().integer("start", 0), shape.rank());
    int end = bound(node.attributes().integer("end", shape.rank()), shape.rank());
    List<Integer> dims = shape.dims().subList(start, Math.max(start, end));
    long[] extents = dims.stream().mapToLong(Integer::longValue).toArray();
    node.result(Tensor.ofIntegers(ElementType.I64, extents, Shape.of(extents.length)));
  }

  private static int bound(long bound, int rank) {
    return Math.clamp(bound < 0 ? bound + rank : bound, 0, rank);
  }
}
