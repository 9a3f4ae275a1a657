package dev.lowpass.runtime;

import java.util.List;

/**
 * Where the time of an inference goes.
 *
 * @param steps in the order in which they run
 */
public record Profile(List<Step> steps) {
  /**
   * One kernel's part.
   *
   * @param name as the compiler named it
   * @param microseconds the median over the runs
   * @param shares microseconds of each worker's share, run alone, the median over the runs; empty with one worker, on a
   *     device, and for artifacts of compilers that did not provide for it
   */
  public record Step(String name, double microseconds, List<Double> shares) {
    public Step {
      shares = List.copyOf(shares);
    }

    /**
     * How unevenly the step is dealt: the longest share over the mean share. 1 is even, the number of workers is all to
     * one; also 1 where there are no {@link #shares}.
     */
    public double imbalance() {
      double mean = shares.stream().mapToDouble(share -> share).average().orElse(0);
      return mean > 0 ? longest() / mean : 1;
    }

    /** Microseconds by which the longest share exceeds the mean share: what a fair deal would save. */
    public double lost() {
      return longest() * (1 - 1 / imbalance());
    }

    private double longest() {
      return shares.stream().mapToDouble(share -> share).max().orElse(0);
    }
  }

  public Profile {
    steps = List.copyOf(steps);
  }

  /** The sum over the steps. Somewhat above an ordinary run's time, since each step is a call of its own. */
  public double microseconds() {
    return steps.stream().mapToDouble(Step::microseconds).sum();
  }

  /** The sum over the steps of what uneven shares cost, in microseconds. */
  public double lost() {
    return steps.stream().mapToDouble(Step::lost).sum();
  }

  /** Whether there are shares to compare. */
  public boolean hasShares() {
    return steps.stream().anyMatch(step -> !step.shares().isEmpty());
  }
}
