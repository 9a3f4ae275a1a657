package dev.lowpass.ir.onnx.operator;

import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.op.Pad;
import dev.lowpass.ir.op.Slice;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** CenterCropPad: the middle of axes that are too long, zeros on both sides of those that are too short. */
final class CenterCropPadImport implements OperatorImport {
  @Override
  public void convert(NodeImport node) {
    Shape shape = node.shape(0);
    int rank = shape.rank();
    List<Integer> axes =
        node.attributes()
            .integers("axes")
            .map(given -> given.stream().map(axis -> Axes.normal(axis, rank)).toList())
            .orElse(IntStream.range(0, rank).boxed().toList());
    List<Integer> wanted =
        Axes.extents(
            node.integers(1, "a shape").orElseThrow(() -> new IllegalArgumentException("the shape is missing")));
    if (wanted.size() != axes.size() || axes.stream().distinct().count() != axes.size()) {
      throw new IllegalArgumentException("extents " + wanted + " for axes " + axes);
    }
    List<Integer> starts = new ArrayList<>(Collections.nCopies(rank, 0));
    List<Integer> pads = new ArrayList<>(Collections.nCopies(2 * rank, 0));
    Shape cropped = shape;
    for (int i = 0; i < axes.size(); i++) {
      int axis = axes.get(i);
      int more = wanted.get(i) - shape.dim(axis);
      if (more < 0) {
        starts.set(axis, -more / 2);
        cropped = cropped.with(axis, wanted.get(i));
      } else {
        pads.set(axis, more / 2);
        pads.set(axis + rank, more - more / 2);
      }
    }
    Value value = node.operand(0);
    if (!cropped.equals(shape)) {
      value = node.add("cropped", new Slice(starts, cropped.dims(), Collections.nCopies(rank, 1)), value);
    }
    if (pads.stream().anyMatch(pad -> pad > 0)) {
      value = node.add("padded", new Pad(pads, 0), value);
    }
    node.alias(value);
  }
}
