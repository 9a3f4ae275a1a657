package dev.lowpass.ir.onnx.operator;

import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.op.Gather;
import dev.lowpass.ir.op.Reshape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Gather; with constant indices slices, where they are few. */
final class GatherImport implements OperatorImport {
  @Override
  public void convert(NodeImport node) {
    Shape shape = node.shape(0);
    int axis = Axes.normal(node.attributes().integer("axis", 0), shape.rank());
    Value indices = node.operand(1);
    Optional<Tensor> known = node.tensor(indices);
    if (known.isEmpty()) {
      node.result(new Gather(axis), node.operand(0), indices);
      return;
    }
    long[] given = known.get().integers();
    int[] places = new int[given.length];
    for (int i = 0; i < places.length; i++) {
      places[i] = Axes.index(given[i], shape.dim(axis));
    }
    List<Integer> dims = new ArrayList<>(shape.dims().subList(0, axis));
    dims.addAll(known.get().shape().dims());
    dims.addAll(shape.dims().subList(axis + 1, shape.rank()));
    Value taken = Taking.along(node, "taken", node.operand(0), axis, places);
    node.result(new Reshape(new Shape(dims)), taken);
  }
}
