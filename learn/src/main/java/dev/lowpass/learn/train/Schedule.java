package dev.lowpass.learn.train;

/**
 * How a training goes, over its steps.
 *
 * @param steps how many there are
 * @param batch pictures a step
 * @param rate of the weights at the start; it falls along half a cosine to nothing
 * @param thresholdRate of the thresholds, in coefficients a step, likewise; 0 leaves them as they are while the
 *     network is fast enough, and never raises one
 * @param softness coefficients over which masks fall at the start; at {@link #annealed} they are nearly steps
 */
public record Schedule(int steps, int batch, double rate, double thresholdRate, double softness) {
  /** The part of all steps in which the rate rises. */
  private static final double WARM_UP = 0.02;

  /** The part of all steps after which thresholds stay, and weights have the rest to get used to them. */
  private static final double ANNEALED = 0.6;

  /** The part of all steps over which weights are averaged. */
  private static final double AVERAGED = 0.15;

  private static final double LEAST_SOFTNESS = 0.05;

  public Schedule {
    if (steps < 1 || batch < 1 || !(rate >= 0) || !(thresholdRate >= 0) || !(softness > 0)) {
      throw new IllegalArgumentException("a schedule of " + steps + " steps of " + batch + " pictures at rate " + rate);
    }
  }

  /** Steps after which thresholds are rounded and stay. */
  public int annealed() {
    return (int) (ANNEALED * steps);
  }

  /** Steps over which weights are averaged. */
  double averaged() {
    return Math.max(AVERAGED * steps, 1);
  }

  double rateAt(int step) {
    double risen = Math.min((step + 1) / (WARM_UP * steps), 1);
    return rate * risen * (1 + Math.cos(Math.PI * step / steps)) / 2;
  }

  double thresholdRateAt(int step) {
    return step < annealed() ? thresholdRate * (1 + Math.cos(Math.PI * step / annealed())) / 2 : 0;
  }

  /** Falls by equal factors. */
  double softnessAt(int step) {
    double part = step < annealed() ? step / (double) annealed() : 1;
    return softness * Math.pow(LEAST_SOFTNESS / softness, part);
  }
}
