package dev.lowpass.testsuite.random;

import dev.lowpass.ir.Value;
import dev.lowpass.ir.op.ArgReduce;
import dev.lowpass.ir.op.CumulativeSum;
import dev.lowpass.ir.op.TopK;
import java.util.List;
import java.util.Optional;

/** What is the greatest along an axis, where it is, and running sums. */
final class AlongAxisMakers {
  static final List<Maker> ALL =
      List.of(AlongAxisMakers::argReduce, AlongAxisMakers::topK, AlongAxisMakers::cumulativeSum);

  private AlongAxisMakers() {}

  private static Optional<Value> any(Draft draft) {
    return draft.value(type -> type.shape().rank() > 0);
  }

  private static int axis(Draft draft, Value x) {
    return draft.below(x.type().shape().rank());
  }

  private static Optional<Maker.Idea> argReduce(Draft draft) {
    ArgReduce.Kind kind = ArgReduce.Kind.values()[draft.below(ArgReduce.Kind.values().length)];
    return any(draft).flatMap(x -> Maker.Idea.of(new ArgReduce(kind, axis(draft, x), draft.chance(2)), x));
  }

  private static Optional<Maker.Idea> topK(Draft draft) {
    TopK.Part part = TopK.Part.values()[draft.below(TopK.Part.values().length)];
    return any(draft)
        .flatMap(
            x -> {
              int axis = axis(draft, x);
              int count = 1 + draft.below(x.type().shape().dim(axis));
              return Maker.Idea.of(new TopK(part, axis, count, draft.chance(2)), x);
            });
  }

  private static Optional<Maker.Idea> cumulativeSum(Draft draft) {
    return any(draft)
        .flatMap(x -> Maker.Idea.of(new CumulativeSum(axis(draft, x), draft.chance(2), draft.chance(2)), x));
  }
}
