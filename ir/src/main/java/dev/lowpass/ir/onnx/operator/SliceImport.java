package dev.lowpass.ir.onnx.operator;

import dev.lowpass.ir.Shape;
import dev.lowpass.ir.op.Slice;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Slice; starts, ends and axes are attributes before opset 10, then operands, with steps. Bounds outside the tensor are
 * moved to its ends.
 */
final class SliceImport implements OperatorImport {
  @Override
  public void convert(NodeImport node) {
    Shape shape = node.shape(0);
    List<Long> starts = required(node, "starts", 1);
    List<Long> ends = required(node, "ends", 2);
    List<Long> axes =
        node.integers("axes", 3, "axes").orElse(LongStream.range(0, starts.size()).boxed().toList());
    List<Long> steps = node.integers(4, "steps").orElse(Collections.nCopies(starts.size(), 1L));
    if (ends.size() != starts.size() || axes.size() != starts.size() || steps.size() != starts.size()) {
      throw new IllegalArgumentException(
          "starts %s, ends %s, axes %s and steps %s".formatted(starts, ends, axes, steps));
    }
    List<Integer> first = new ArrayList<>(Collections.nCopies(shape.rank(), 0));
    List<Integer> extents = new ArrayList<>(shape.dims());
    List<Integer> strides = new ArrayList<>(Collections.nCopies(shape.rank(), 1));
    for (int i = 0; i < starts.size(); i++) {
      int axis = Axes.normal(axes.get(i), shape.rank());
      Range range = Range.of(starts.get(i), ends.get(i), steps.get(i), shape.dim(axis));
      first.set(axis, range.start());
      extents.set(axis, range.extent());
      strides.set(axis, range.step());
    }
    if (extents.equals(shape.dims()) && strides.stream().allMatch(step -> step == 1)) {
      node.alias(node.operand(0));
    } else {
      node.result(new Slice(first, extents, strides), node.operand(0));
    }
  }

  private static List<Long> required(NodeImport node, String name, int index) {
    return node.integers(name, index, name).orElseThrow(() -> new IllegalArgumentException(name + " are missing"));
  }

  /** Elements start, start + step, … of one axis, inside it. */
  private record Range(int start, int extent, int step) {
    static Range of(long start, long end, long step, int extent) {
      if (step == 0) {
        throw new IllegalArgumentException("a step of 0");
      }
      boolean forward = step > 0;
      long from = clamp(start, extent, 0, forward ? extent : extent - 1);
      long to = clamp(end, extent, forward ? 0 : -1, forward ? extent : extent - 1);
      long distance = forward ? to - from : from - to;
      // A step beyond the axis takes one element, like a step of its length; as an int it stays small.
      int bounded = Math.clamp(step, -Math.max(extent, 1), Math.max(extent, 1));
      int taken = distance <= 0 ? 0 : (int) Math.ceilDiv(distance, Math.abs((long) bounded));
      return taken == 0 ? new Range(0, 0, 1) : new Range((int) from, taken, bounded);
    }

    private static long clamp(long bound, int extent, long least, long most) {
      long fromFront = bound < 0 ? bound + extent : bound;
      return Math.max(least, Math.min(most, fromFront));
    }
  }
}
