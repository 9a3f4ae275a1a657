package dev.lowpass.codegen.fit;

import java.util.List;

/**
 * How far a model is off, of the steps that it was fitted to.
 *
 * @param steps that were measured
 * @param median of |predicted / measured - 1|
 * @param ninetieth percentile of the same
 */
public record FitErrors(int steps, double median, double ninetieth) {
  static FitErrors of(FittedModel model, List<Observation> observations) {
    double[] sorted = observations.stream().mapToDouble(seen -> Math.abs(model.error(seen))).sorted().toArray();
    return new FitErrors(sorted.length, sorted[sorted.length / 2], sorted[sorted.length * 9 / 10]);
  }
}
