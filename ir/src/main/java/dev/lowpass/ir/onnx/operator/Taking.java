package dev.lowpass.ir.onnx.operator;

import dev.lowpass.ir.ElementType;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.op.Concat;
import dev.lowpass.ir.op.Expand;
import dev.lowpass.ir.op.Gather;
import dev.lowpass.ir.op.Slice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Elements of one axis at places that are known, each as often as it is named: a few slices joined, so that passes see
 * what moves where, or a gather.
 */
final class Taking {
  /** Slices that are written one by one; more are a table. */
  private static final int MOST_RUNS = 8;

  /** Places {@code start}, {@code start + step}, … with a step of 1, -1 or 0. */
  private record Run(int start, int step, int count) {}

  private Taking() {}

  /**
   * The slices of {@code axis} of {@code value} at {@code places}, in their order.
   *
   * @param name of intermediate values
   */
  static Value along(NodeImport node, String name, Value value, int axis, int[] places) {
    Shape shape = value.type().shape();
    List<Run> runs = runs(places);
    if (places.length == 0 || runs.size() > MOST_RUNS) {
      long[] table = Arrays.stream(places).asLongStream().toArray();
      Tensor indices = Tensor.ofIntegers(ElementType.I64, table, Shape.of(table.length));
      return node.add(name, new Gather(axis), value, node.add(name + ".places", indices));
    }
    List<Value> parts = new ArrayList<>();
    for (Run run : runs) {
      parts.add(part(node, name, value, shape, axis, run));
    }
    return parts.size() == 1 ? parts.getFirst() : node.add(name, new Concat(axis), parts.toArray(Value[]::new));
  }

  private static Value part(NodeImport node, String name, Value value, Shape shape, int axis, Run run) {
    if (run.step == 1 && run.count == shape.dim(axis)) {
      return value;
    }
    List<Integer> starts = new ArrayList<>(Collections.nCopies(shape.rank(), 0));
    starts.set(axis, run.start);
    List<Integer> steps = new ArrayList<>(Collections.nCopies(shape.rank(), 1));
    steps.set(axis, run.step == 0 ? 1 : run.step);
    int extent = run.step == 0 ? 1 : run.count;
    Value slice = node.add(name + ".part", new Slice(starts, shape.with(axis, extent).dims(), steps), value);
    return extent == run.count ? slice : node.add(name + ".copies", new Expand(shape.with(axis, run.count)), slice);
  }

  private static List<Run> runs(int[] places) {
    List<Run> runs = new ArrayList<>();
    int first = 0;
    while (first < places.length) {
      int next = first + 1;
      int step = next < places.length ? places[next] - places[first] : 1;
      boolean even = Math.abs(step) <= 1;
      while (even && next < places.length && places[next] - places[next - 1] == step) {
        next++;
      }
      runs.add(new Run(places[first], next == first + 1 ? 1 : step, next - first));
      first = next;
    }
    return runs;
  }
}
