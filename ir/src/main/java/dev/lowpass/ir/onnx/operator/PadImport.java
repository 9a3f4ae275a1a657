package dev.lowpass.ir.onnx.operator;

import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.op.Pad;
import dev.lowpass.ir.op.Slice;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Pad with a constant; pads and value are attributes before opset 11, then operands, with axes from 18 on. Negative
 * pads crop.
 */
final class PadImport implements OperatorImport {
  @Override
  public void convert(NodeImport node) {
    String mode = node.attributes().text("mode", "constant");
    if (!mode.equals("constant")) {
      throw node.unsupported("mode = " + mode);
    }
    Shape shape = node.shape(0);
    List<Integer> pads = pads(node, shape.rank());
    float value = node.opset() < 11 ? node.attributes().real("value", 0) : value(node);
    Value cropped = crop(node, shape, pads);
    List<Integer> added = pads.stream().map(pad -> Math.max(pad, 0)).toList();
    if (added.stream().allMatch(pad -> pad == 0)) {
      node.alias(cropped);
    } else {
      node.result(new Pad(added, value), cropped);
    }
  }

  private static float value(NodeImport node) {
    return node.constant(2, "a value")
        .filter(tensor -> tensor.shape().elements() > 0)
        .map(tensor -> (float) tensor.at(0))
        .orElse(0f);
  }

  /** Amounts before every axis, then after every axis. */
  private static List<Integer> pads(NodeImport node, int rank) {
    List<Integer> given =
        Axes.extents(
            node.integers("pads", 1, "pads").orElseThrow(() -> new IllegalArgumentException("pads are missing")));
    List<Long> allAxes = IntStream.range(0, rank).mapToObj(Long::valueOf).toList();
    List<Long> axes = node.integers(3, "axes").orElse(allAxes);
    if (given.size() != 2 * axes.size()) {
      throw new IllegalArgumentException("pads " + given + " for " + axes.size() + " axes");
    }
    List<Integer> pads = new ArrayList<>(Collections.nCopies(2 * rank, 0));
    for (int i = 0; i < axes.size(); i++) {
      int axis = Axes.normal(axes.get(i), rank);
      pads.set(axis, given.get(i));
      pads.set(axis + rank, given.get(i + axes.size()));
    }
    return pads;
  }

  private static Value crop(NodeImport node, Shape shape, List<Integer> pads) {
    if (pads.stream().allMatch(pad -> pad >= 0)) {
      return node.operand(0);
    }
    List<Integer> starts = new ArrayList<>();
    List<Integer> extents = new ArrayList<>();
    for (int axis = 0; axis < shape.rank(); axis++) {
      int before = Math.max(-pads.get(axis), 0);
      starts.add(before);
      extents.add(shape.dim(axis) - before - Math.max(-pads.get(axis + shape.rank()), 0));
    }
    return node.add("cropped", new Slice(starts, extents, Collections.nCopies(shape.rank(), 1)), node.operand(0));
  }
}
