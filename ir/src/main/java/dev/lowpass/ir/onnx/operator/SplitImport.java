package dev.lowpass.ir.onnx.operator;

import dev.lowpass.ir.Shape;
import dev.lowpass.ir.op.Slice;
import java.util.ArrayList;
import java.util.List;

/**
 * Split as one slice for every output that is used; sizes are an attribute before opset 13, then an operand, else equal
 * parts.
 */
final class SplitImport implements OperatorImport {
  @Override
  public void convert(NodeImport node) {
    Shape shape = node.shape(0);
    int axis = Axes.normal(node.attributes().integer("axis", 0), shape.rank());
    List<Integer> sizes =
        node.integers("split", 1, "sizes").map(Axes::extents).orElseGet(() -> equalParts(node, shape.dim(axis)));
    int total = sizes.stream().reduce(0, Math::addExact);
    if (sizes.size() != node.outputCount() || total != shape.dim(axis)) {
      throw new IllegalArgumentException(
          "%d outputs of sizes %s from an extent of %d".formatted(node.outputCount(), sizes, shape.dim(axis)));
    }
    int start = 0;
    for (int output = 0; output < sizes.size(); output++) {
      if (node.isRead(output)) {
        node.result(output, Slice.along(shape, axis, start, sizes.get(output)), node.operand(0));
      }
      start += sizes.get(output);
    }
  }

  /** Parts of one size, the last one smaller where that does not divide (opset 18). */
  private static List<Integer> equalParts(NodeImport node, int extent) {
    int parts = node.outputCount();
    long asked = node.attributes().integer("num_outputs", parts);
    if (parts == 0 || asked != parts || node.opset() < 18 && extent % parts != 0) {
      throw new IllegalArgumentException("%d outputs, %d of them named, of an extent of %d".formatted(asked, parts, extent));
    }
    int size = Math.ceilDiv(extent, parts);
    List<Integer> sizes = new ArrayList<>();
    for (int i = 0; i < parts; i++) {
      sizes.add(Math.clamp((long) extent - (long) i * size, 0, size));
    }
    return sizes;
  }
}
