package dev.lowpass.ir.onnx.operator;

import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.op.Expand;
import java.util.List;

/** Tile: every axis is repeated, one after the other. */
final class TileImport implements OperatorImport {
  @Override
  public void convert(NodeImport node) {
    Shape shape = node.shape(0);
    List<Long> given =
        node.integers(1, "repeats").orElseThrow(() -> new IllegalArgumentException("repeats are missing"));
    List<Integer> repeats = Axes.extents(given);
    if (repeats.size() != shape.rank() || repeats.stream().anyMatch(repeat -> repeat < 0)) {
      throw new IllegalArgumentException("repeats " + repeats + " of " + shape);
    }
    Value value = node.operand(0);
    for (int axis = 0; axis < shape.rank(); axis++) {
      if (repeats.get(axis) != 1) {
        value = repeated(node, value, axis, repeats.get(axis));
      }
    }
    node.alias(value);
  }

  private static Value repeated(NodeImport node, Value value, int axis, int repeat) {
    Shape shape = value.type().shape();
    int extent = shape.dim(axis);
    Shape result = shape.with(axis, Math.multiplyExact(extent, repeat));
    node.requireElements(result);
    if (extent == 1) {
      return node.add("axis" + axis, new Expand(result), value);
    }
    int[] places = new int[result.dim(axis)];
    for (int i = 0; i < places.length; i++) {
      places[i] = i % extent;
    }
    return Taking.along(node, "axis" + axis, value, axis, places);
  }
}
