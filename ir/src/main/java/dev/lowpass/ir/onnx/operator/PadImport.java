package dev.lowpass.ir.onnx.operator;

import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.op.Concat;
import dev.lowpass.ir.op.Expand;
import dev.lowpass.ir.op.Pad;
import dev.lowpass.ir.op.Reshape;
import dev.lowpass.ir.op.Slice;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Pad in all modes; pads and value are attributes before opset 11, then operands, with axes from 18 on. Negative pads
 * crop, before others are added.
 */
final class PadImport implements OperatorImport {
  @Override
  public void convert(NodeImport node) {
    String mode = node.attributes().text("mode", "constant");
    Shape shape = node.shape(0);
    List<Integer> pads = pads(node, shape.rank());
    Value cropped = crop(node, shape, pads);
    List<Integer> added = pads.stream().map(pad -> Math.max(pad, 0)).toList();
    if (added.stream().allMatch(pad -> pad == 0)) {
      node.alias(cropped);
    } else if (mode.equals("constant")) {
      constant(node, cropped, added);
    } else {
      copies(node, cropped, added, mode);
    }
  }

  private static void constant(NodeImport node, Value cropped, List<Integer> added) {
    Optional<Float> value = value(node);
    if (value.isPresent()) {
      node.result(new Pad(added, value.get()), cropped);
      return;
    }
    Value frame = node.add("number", new Reshape(Shape.of()), node.operand(2));
    Value padded = cropped;
    int rank = added.size() / 2;
    for (int axis = 0; axis < rank; axis++) {
      List<Value> parts = new ArrayList<>();
      Shape shape = padded.type().shape();
      if (added.get(axis) > 0) {
        parts.add(node.add("before", new Expand(shape.with(axis, added.get(axis))), frame));
      }
      parts.add(padded);
      if (added.get(axis + rank) > 0) {
        parts.add(node.add("after", new Expand(shape.with(axis, added.get(axis + rank))), frame));
      }
      padded = parts.size() == 1 ? padded : node.add("axis" + axis, new Concat(axis), parts.toArray(Value[]::new));
    }
    node.alias(padded);
  }

  /** The number around, if it is known and float32 holds it. */
  private static Optional<Float> value(NodeImport node) {
    if (node.opset() < 11) {
      return Optional.of(node.attributes().real("value", 0));
    }
    if (!node.hasOperand(2) || node.shape(2).elements() == 0) {
      return Optional.of(0f);
    }
    Optional<Tensor> known = node.tensor(node.operand(2));
    boolean floating = node.operand(2).type().element().isFloating();
    return known
        .filter(tensor -> floating || Math.abs((double) tensor.integers()[0]) <= 1 << 24)
        .map(tensor -> (float) tensor.at(0));
  }

  private static void copies(NodeImport node, Value cropped, List<Integer> added, String mode) {
    Value padded = cropped;
    int rank = added.size() / 2;
    for (int axis = 0; axis < rank; axis++) {
      int before = added.get(axis);
      int after = added.get(axis + rank);
      if (before > 0 || after > 0) {
        int extent = cropped.type().shape().dim(axis);
        node.requireElements(
            padded.type().shape().with(axis, Math.addExact(extent, Math.addExact(before, after))));
        int[] places = places(node, mode, extent, before, after);
        padded = Taking.along(node, "axis" + axis, padded, axis, places);
      }
    }
    node.alias(padded);
  }

  private static int[] places(NodeImport node, String mode, int extent, int before, int after) {
    if (extent == 0) {
      throw new IllegalArgumentException("mode = " + mode + " of an axis without elements");
    }
    int period = Math.max(2 * (extent - 1), 1);
    int[] places = new int[before + extent + after];
    for (int i = 0; i < places.length; i++) {
      int at = i - before;
      places[i] =
          switch (mode) {
            case "edge" -> Math.clamp(at, 0, extent - 1);
            case "wrap" -> Math.floorMod(at, extent);
            case "reflect" -> Math.min(Math.floorMod(at, period), period - Math.floorMod(at, period));
            default -> throw node.unsupported("mode = " + mode);
          };
    }
    return places;
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
