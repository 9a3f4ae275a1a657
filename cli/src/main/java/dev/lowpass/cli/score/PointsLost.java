package dev.lowpass.cli.score;

/**
 * What a model reads less well than a reference on the same pictures, in percentage points of accuracy.
 *
 * @param points positive where the reference reads more pictures right
 * @param error the standard error of that difference, from the pictures that only one of them reads right
 */
public record PointsLost(double points, double error) {
  /**
   * Of counts over the same pictures. The error is the root of the sum of squared differences, of which each is 1, 0 or
   * -1, over the number of pictures, as in McNemar's test.
   *
   * @param lost pictures that only the reference reads right
   * @param gained pictures that only the model reads right
   */
  public static PointsLost of(int lost, int gained, int pictures) {
    return new PointsLost(100.0 * (lost - gained) / pictures, 100 * Math.sqrt((double) lost + gained) / pictures);
  }
}
