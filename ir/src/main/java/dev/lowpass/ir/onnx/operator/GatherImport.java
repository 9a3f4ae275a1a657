package dev.lowpass.ir.onnx.operator;

import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.op.Concat;
import dev.lowpass.ir.op.Reshape;
import dev.lowpass.ir.op.Slice;
import java.util.ArrayList;
import java.util.List;

/** Gather with constant indices: a slice for each, joined. */
final class GatherImport implements OperatorImport {
  /** More slices than this are a table look-up, for which there is no operator. */
  private static final int MOST = 1024;

  @Override
  public void convert(NodeImport node) {
    Shape shape = node.shape(0);
    Tensor indices =
        node.constant(1, "indices").orElseThrow(() -> new IllegalArgumentException("indices are missing"));
    int axis = Axes.normal(node.attributes().integer("axis", 0), shape.rank());
    if (indices.integers().length > MOST || indices.integers().length == 0) {
      throw node.unsupported(indices.integers().length + " indices; 1 to " + MOST);
    }
    List<Value> parts = new ArrayList<>();
    for (long index : indices.integers()) {
      Slice slice = Slice.along(shape, axis, Axes.index(index, shape.dim(axis)), 1);
      parts.add(node.add("slice", slice, node.operand(0)));
    }
    Value joined = parts.size() == 1 ? parts.get(0) : node.add("slices", new Concat(axis), parts.toArray(Value[]::new));
    List<Integer> dims = new ArrayList<>(shape.dims().subList(0, axis));
    dims.addAll(indices.shape().dims());
    dims.addAll(shape.dims().subList(axis + 1, shape.rank()));
    node.result(new Reshape(new Shape(dims)), joined);
  }
}
