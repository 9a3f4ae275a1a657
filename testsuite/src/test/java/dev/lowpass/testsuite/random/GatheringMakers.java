package dev.lowpass.testsuite.random;

import dev.lowpass.ir.Value;
import dev.lowpass.ir.op.AveragePool;
import dev.lowpass.ir.op.GlobalAveragePool;
import dev.lowpass.ir.op.MaxPool;
import dev.lowpass.ir.op.MaxPoolIndices;
import dev.lowpass.ir.op.Reduce;
import dev.lowpass.ir.op.Softmax;
import dev.lowpass.ir.op.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One number of many: pools, reductions, softmax. */
final class GatheringMakers {
  static final List<Maker> ALL =
      List.of(
          GatheringMakers::pool,
          GatheringMakers::poolIndices,
          GatheringMakers::globalPool,
          GatheringMakers::reduce,
          GatheringMakers::softmax);

  private GatheringMakers() {}

  private static Optional<Maker.Idea> pool(Draft draft) {
    Window window = window(draft);
    return draft
        .image()
        .flatMap(
            x -> {
              boolean ceil = ceil(draft, window, x);
              return draft.chance(2)
                  ? Maker.Idea.of(new MaxPool(window, ceil), x)
                  : Maker.Idea.of(new AveragePool(window, ceil, draft.chance(2)), x);
            });
  }

  private static Optional<Maker.Idea> poolIndices(Draft draft) {
    Window window = window(draft);
    return draft
        .image()
        .flatMap(x -> Maker.Idea.of(new MaxPoolIndices(window, ceil(draft, window, x), draft.chance(2)), x))
        .filter(idea -> isFilled(window, idea.operands().getFirst()));
  }

  /** Whether every window has an element of the map: of others nobody says where the greatest one is. */
  private static boolean isFilled(Window window, Value x) {
    for (int axis = 0; axis < 2; axis++) {
      int extent = x.type().shape().dim(2 + axis);
      int step = window.dilations().get(axis);
      for (int start = -window.before(axis); start < extent; start += window.stride(axis)) {
        int first = start < 0 ? Math.ceilDiv(-start, step) : 0;
        if (first >= window.kernel().get(axis) || start + first * step >= extent) {
          return false;
        }
      }
    }
    return true;
  }

  /**
   * Whether extents are rounded up; not where a last window would begin in the pad: ONNX Runtime leaves it out, but
   * counts it when it works out shapes, and refuses its own result where the next node says another.
   */
  private static boolean ceil(Draft draft, Window window, Value x) {
    for (int axis = 0; axis < 2; axis++) {
      int extent = x.type().shape().dim(2 + axis);
      int room = extent + window.before(axis) + window.pads().get(2 + axis) - window.reach(axis);
      if (Math.ceilDiv(room, window.stride(axis)) * window.stride(axis) >= extent + window.before(axis)) {
        return false;
      }
    }
    return draft.chance(2);
  }

  /** ONNX Runtime pools only where pads are smaller than the kernel. */
  private static Window window(Draft draft) {
    Window any = LayerMakers.window(draft);
    List<Integer> pads = new ArrayList<>();
    for (int side = 0; side < any.pads().size(); side++) {
      pads.add(Math.min(any.pads().get(side), any.kernel().get(side % 2) - 1));
    }
    return new Window(any.kernel(), any.strides(), pads, any.dilations());
  }

  private static Optional<Maker.Idea> globalPool(Draft draft) {
    return draft.image().flatMap(x -> Maker.Idea.of(new GlobalAveragePool(), x));
  }

  private static Optional<Maker.Idea> reduce(Draft draft) {
    Reduce.Kind[] kinds = Reduce.Kind.values();
    return draft.value(type -> true).flatMap(x -> Maker.Idea.of(new Reduce(kinds[draft.below(kinds.length)], axes(draft, x)), x));
  }

  private static List<Integer> axes(Draft draft, Value x) {
    List<Integer> axes = new ArrayList<>();
    for (int axis = 0; axis < x.type().shape().rank(); axis++) {
      if (draft.chance(2)) {
        axes.add(axis);
      }
    }
    return axes;
  }

  private static Optional<Maker.Idea> softmax(Draft draft) {
    return draft
        .real()
        .filter(x -> x.type().shape().rank() > 0)
        .flatMap(x -> Maker.Idea.of(new Softmax(draft.below(x.type().shape().rank())), x));
  }
}
