package dev.lowpass.codegen.fit;

import java.util.Arrays;

/**
 * Prices x ≥ 0 of columns so that every row's sum is near 1. The sum of absolute errors is what counts, so that a few
 * steps which the model does not understand do not pull at all others: least squares, with weights that are adjusted to
 * the errors until they settle.
 */
final class RelativeFit {
  private static final int ADJUSTMENTS = 40;
  private static final int SWEEPS = 3000;

  /** Errors below this are noise, and all alike. */
  private static final double NOISE = 0.03;

  private RelativeFit() {}

  /** @param rows amounts by column, divided by what the row's sum should be */
  static double[] solve(double[][] rows) {
    double[] weights = new double[rows.length];
    Arrays.fill(weights, 1);
    double[] prices = new double[rows[0].length];
    for (int i = 0; i < ADJUSTMENTS; i++) {
      prices = leastSquares(rows, weights);
      for (int row = 0; row < rows.length; row++) {
        weights[row] = 1 / Math.max(NOISE, Math.abs(sum(rows[row], prices) - 1));
      }
    }
    return prices;
  }

  private static double sum(double[] row, double[] prices) {
    double sum = 0;
    for (int column = 0; column < row.length; column++) {
      sum += row[column] * prices[column];
    }
    return sum;
  }

  /** Coordinate descent on the normal equations, which ends at the minimum, as that is the only one. */
  private static double[] leastSquares(double[][] rows, double[] weights) {
    int columns = rows[0].length;
    double[][] products = new double[columns][columns];
    double[] targets = new double[columns];
    for (int row = 0; row < rows.length; row++) {
      for (int a = 0; a < columns; a++) {
        targets[a] += weights[row] * rows[row][a];
        for (int b = 0; b < columns; b++) {
          products[a][b] += weights[row] * rows[row][a] * rows[row][b];
        }
      }
    }
    double[] prices = new double[columns];
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
      for (int column = 0; column < columns; column++) {
        double rest = targets[column] - sum(products[column], prices) + products[column][column] * prices[column];
        prices[column] = products[column][column] > 0 ? Math.max(0, rest / products[column][column]) : 0;
      }
    }
    return prices;
  }
}
