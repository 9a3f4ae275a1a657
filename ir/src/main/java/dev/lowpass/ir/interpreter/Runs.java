package dev.lowpass.ir.interpreter;

import dev.lowpass.ir.Shape;
import dev.lowpass.ir.TensorType;
import dev.lowpass.ir.op.AlongAxis;
import dev.lowpass.ir.op.ArgReduce;
import dev.lowpass.ir.op.CumulativeSum;
import dev.lowpass.ir.op.TopK;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Operators on runs of elements along an axis. */
final class Runs {
  private Runs() {}

  static Numbers evaluate(AlongAxis op, Numbers input, TensorType type) {
    Shape shape = input.type().shape();
    int extent = shape.dim(op.axis());
    int results = type.shape().dim(op.axis());
    int pitch = Math.toIntExact(new Shape(shape.dims().subList(op.axis() + 1, shape.rank())).elements());
    double[] x = input.values();
    double[] y = new double[Math.toIntExact(type.shape().elements())];
    int runs = extent == 0 ? 0 : x.length / extent;
    for (int run = 0; run < runs; run++) {
      int first = run / pitch * pitch * extent + run % pitch;
      int target = run / pitch * pitch * results + run % pitch;
      double[] elements = IntStream.range(0, extent).mapToDouble(i -> x[first + i * pitch]).toArray();
      double[] result = of(op, elements);
      for (int i = 0; i < results; i++) {
        y[target + i * pitch] = result[i];
      }
    }
    return new Numbers(type, y).settled();
  }

  private static double[] of(AlongAxis op, double[] run) {
    return switch (op) {
      case ArgReduce(ArgReduce.Kind kind, _, boolean last) -> {
        List<Integer> order = order(run, kind == ArgReduce.Kind.MAX);
        double most = run[order.getFirst()] + 0.0;
        yield new double[] {
          last ? order.reversed().stream().filter(i -> Double.compare(run[i] + 0.0, most) == 0).findFirst().orElseThrow()
              : order.getFirst()
        };
      }
      case TopK(TopK.Part part, _, int count, boolean largest) ->
          order(run, largest).stream()
              .limit(count)
              .mapToDouble(i -> part == TopK.Part.VALUES ? run[i] : i)
              .toArray();
      case CumulativeSum sum -> sums(sum, run);
    };
  }

  /** Indices from the greatest or least element on; of equal ones, as both zeros are, the first comes first. */
  private static List<Integer> order(double[] run, boolean descending) {
    Comparator<Integer> ascending = (i, j) -> Double.compare(run[i] + 0.0, run[j] + 0.0);
    return IntStream.range(0, run.length).boxed().sorted(descending ? ascending.reversed() : ascending).toList();
  }

  private static double[] sums(CumulativeSum sum, double[] run) {
    double[] sums = new double[run.length];
    double total = 0;
    for (int k = 0; k < run.length; k++) {
      int i = sum.reverse() ? run.length - 1 - k : k;
      sums[i] = sum.exclusive() ? total : total + run[i];
      total += run[i];
    }
    return sums;
  }
}
