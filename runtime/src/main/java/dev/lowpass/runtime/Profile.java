package dev.lowpass.runtime;

import java.util.List;

/**
 * Where the time of an inference goes.
 *
 * @param steps in the order in which they run
 */
public record Profile(List<Step> steps) {
  /**
   * One kernel's share.
   *
   * @param name as the compiler named it
   * @param microseconds the median over the runs
   */
  public record Step(String name, double microseconds) {}

  public Profile {
    steps = List.copyOf(steps);
  }

  /** The sum over the steps. Somewhat above an ordinary run's time, since each step is a call of its own. */
  public double microseconds() {
    return steps.stream().mapToDouble(Step::microseconds).sum();
  }
}
