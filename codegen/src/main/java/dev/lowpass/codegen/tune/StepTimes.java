package dev.lowpass.codegen.tune;

import java.util.List;

/**
 * What a trial's rounds say about each choice.
 *
 * @param signatures of the steps; steps with the same one are added up
 * @param rounds microseconds [round][variant · steps + step]; variant 0 is the built-in one
 */
record StepTimes(List<String> signatures, List<double[]> rounds) {
  /**
   * The time of step {@code step} in variant {@code variant}, beside the built-in one. Lower quartiles are compared,
   * since whatever else the machine does only ever adds; for the first and the second half of the rounds apart, of which
   * the worse counts, so that a disturbance of one of them is not taken for a gain.
   */
  TimeCache.Time of(int variant, int step) {
    int half = rounds.size() / 2;
    double ratio = Math.max(ratio(0, half, variant, step), ratio(half, rounds.size(), variant, step));
    double own = quartile(0, rounds.size(), 0, step) / same(step);
    return new TimeCache.Time(own * ratio, own);
  }

  private double ratio(int from, int to, int variant, int step) {
    return quartile(from, to, variant, step) / quartile(from, to, 0, step);
  }

  private double quartile(int from, int to, int variant, int step) {
    return rounds.subList(from, to).stream()
        .mapToDouble(round -> sum(round, variant, step))
        .sorted()
        .skip((to - from) / 4)
        .findFirst()
        .orElseThrow();
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
}
