package dev.lowpass.cli.bench;

import java.util.Arrays;

/**
 * How long one contestant took.
 *
 * @param milliseconds one a round, in the order of the rounds
 */
public record Latency(double[] milliseconds) {
  public double median() {
    return quantile(0.5);
  }

  /** The value below which {@code part} (0 to 1) of the rounds lie, interpolated linearly. */
  public double quantile(double part) {
    return quantile(milliseconds, part);
  }

  /** The median over the rounds of this one's time divided by the other's time in the same round. */
  public double ratioTo(Latency other) {
    double[] ratios = new double[milliseconds.length];
    for (int round = 0; round < ratios.length; round++) {
      ratios[round] = milliseconds[round] / other.milliseconds[round];
    }
    return quantile(ratios, 0.5);
  }

  private static double quantile(double[] values, double part) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double place = part * (sorted.length - 1);
    int below = (int) place;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (sorted[above] - sorted[below]) * (place - below);
  }
}
