package dev.lowpass.ir.interpreter;

import dev.lowpass.ir.ElementType;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.TensorType;
import dev.lowpass.ir.op.Reduce;
import java.util.Arrays;

/** One number of all elements along some axes. */
final class Reductions {
  private Reductions() {}

  static Numbers reduce(Reduce reduce, Numbers input, TensorType type) {
    Shape from = input.type().shape();
    double[] results = new double[Math.toIntExact(type.shape().elements())];
    long[] counts = new long[results.length];
    Arrays.fill(results, start(reduce.kind(), type.element()));
    double[] values = input.values();
    int[] place = new int[from.rank()];
    for (double value : values) {
      int target = 0;
      for (int axis = 0; axis < place.length; axis++) {
        target = target * type.shape().dim(axis) + (type.shape().dim(axis) == 1 ? 0 : place[axis]);
      }
      results[target] = join(reduce.kind(), results[target], value);
      counts[target]++;
      advance(place, from);
    }
    if (reduce.kind() == Reduce.Kind.MEAN) {
      for (int i = 0; i < results.length; i++) {
        results[i] /= counts[i];
      }
    }
    return new Numbers(type, results).settled();
  }

  private static void advance(int[] place, Shape shape) {
    for (int axis = place.length - 1; axis >= 0 && ++place[axis] == shape.dim(axis); axis--) {
      place[axis] = 0;
    }
  }

  private static double start(Reduce.Kind kind, ElementType element) {
    return switch (kind) {
      case SUM, MEAN -> 0;
      case PRODUCT -> 1;
      case MAX -> element.least();
      case MIN -> element.most();
    };
  }

  private static double join(Reduce.Kind kind, double total, double value) {
    return switch (kind) {
      case SUM, MEAN -> total + value;
      case PRODUCT -> total * value;
      case MAX -> Math.max(total, value);
      case MIN -> Math.min(total, value);
    };
  }
}
