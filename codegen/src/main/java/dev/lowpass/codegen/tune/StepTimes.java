package dev.lowpass.codegen.tune;

import java.util.Arrays;
import java.util.List;

/**
 * What a trial's rounds say about each choice.
 *
 * @param signatures of the steps; steps with the same one are added up
 * @param rounds microseconds [round][variant · steps + step]; variant 0 is the built-in one
 */
record StepTimes(List<String> signatures, List<double[]> rounds) {
  /**
   * The time of step {@code step} in variant {@code variant}. A variant is compared with the built-in one round by
   * round; the first and the second half of the rounds are judged apart and the worse half counts, so that a
   * disturbance of one of them is not taken for a gain.
   */
  TimeCache.Time of(int variant, int step) {
    double[] builtIn = rounds.stream().mapToDouble(round -> sum(round, 0, step)).toArray();
    double[] ratios = rounds.stream().mapToDouble(round -> sum(round, variant, step) / sum(round, 0, step)).toArray();
    int half = ratios.length / 2;
    double ratio =
        Math.max(median(Arrays.copyOf(ratios, half)), median(Arrays.copyOfRange(ratios, half, ratios.length)));
    double own = median(builtIn) / same(step);
    return new TimeCache.Time(own * ratio, own);
  }

  private double sum(double[] round, int variant, int step) {
    double sum = 0;
    for (int s = 0; s < signatures.size(); s++) {
      if (signatures.get(s).equals(signatures.get(step))) {
        sum += round[variant * signatures.size() + s];
      }
    }
    return sum;
  }

  private long same(int step) {
    return signatures.stream().filter(signatures.get(step)::equals).count();
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
