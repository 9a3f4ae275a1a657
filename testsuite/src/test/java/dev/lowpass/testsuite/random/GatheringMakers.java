package dev.lowpass.testsuite.random;

import dev.lowpass.ir.Value;
import dev.lowpass.ir.op.AveragePool;
import dev.lowpass.ir.op.GlobalAveragePool;
import dev.lowpass.ir.op.MaxPool;
import dev.lowpass.ir.op.Reduce;
import dev.lowpass.ir.op.Resize;
import dev.lowpass.ir.op.ResizeFilter;
import dev.lowpass.ir.op.Softmax;
import dev.lowpass.ir.op.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One number of many: pools, reductions, softmax, resampling. */
final class GatheringMakers {
  static final List<Maker> ALL =
      List.of(
          GatheringMakers::pool,
          GatheringMakers::globalPool,
          GatheringMakers::reduce,
          GatheringMakers::softmax,
          GatheringMakers::resize);

  private GatheringMakers() {}

  private static Optional<Maker.Idea> pool(Draft draft) {
    boolean ceil = draft.chance(2);
    return draft
        .image()
        .flatMap(
            x ->
                draft.chance(2)
                    ? Maker.Idea.of(new MaxPool(window(draft), ceil), x)
                    : Maker.Idea.of(new AveragePool(window(draft), ceil, draft.chance(2)), x));
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

  private static Optional<Maker.Idea> resize(Draft draft) {
    ResizeFilter filter = draft.chance(2) ? ResizeFilter.LINEAR : ResizeFilter.CUBIC;
    List<Integer> size = List.of(1 + draft.below(12), 1 + draft.below(12));
    return draft.image().flatMap(x -> Maker.Idea.of(new Resize(size, filter), x));
  }
}
