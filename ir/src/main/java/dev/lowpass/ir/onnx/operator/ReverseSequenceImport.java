package dev.lowpass.ir.onnx.operator;

import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.op.Concat;
import dev.lowpass.ir.op.Slice;
import java.util.ArrayList;
import java.util.List;

/** ReverseSequence with constant lengths: of every entry of a batch the first elements in the opposite order. */
final class ReverseSequenceImport implements OperatorImport {
  @Override
  public void convert(NodeImport node) {
    Shape shape = node.shape(0);
    int batch = Axes.normal(node.attributes().integer("batch_axis", 1), shape.rank());
    int time = Axes.normal(node.attributes().integer("time_axis", 0), shape.rank());
    List<Long> lengths =
        node.integers(1, "lengths").orElseThrow(() -> new IllegalArgumentException("lengths are missing"));
    if (lengths.size() != shape.dim(batch) || batch == time) {
      throw new IllegalArgumentException(
          lengths.size() + " lengths along axis " + time + " of axis " + batch + " of " + shape);
    }
    List<Value> parts = new ArrayList<>();
    for (int entry = 0; entry < lengths.size(); entry++) {
      int length = Math.toIntExact(lengths.get(entry));
      if (length < 0 || length > shape.dim(time)) {
        throw new IllegalArgumentException("a length of " + length + " along axis " + time + " of " + shape);
      }
      int[] places = new int[shape.dim(time)];
      for (int i = 0; i < places.length; i++) {
        places[i] = i < length ? length - 1 - i : i;
      }
      Value slice = node.add("entry", Slice.along(shape, batch, entry, 1), node.operand(0));
      parts.add(Taking.along(node, "reversed", slice, time, places));
    }
    if (parts.isEmpty()) {
      node.alias(node.operand(0));
    } else {
      node.result(new Concat(batch), parts.toArray(Value[]::new));
    }
  }
}
