package dev.lowpass.learn.sensitivity;

import java.util.List;

/**
 * What one layer's channels mean for each picture's answer.
 *
 * @param tails {@code tails[c][t][n]}: by how much picture n's answer, in its direction, falls if channel c loses its
 *     coefficients from {@code layer.thresholds().get(t)} on, to first order
 * @param gradients {@code gradients[c][j]}: the squared slope of answers in coefficient j of channel c, summed over
 *     blocks and pictures
 * @param energies {@code energies[c][j]}: the coefficient's squares, summed likewise
 */
public record LayerSensitivity(BandLayer layer, float[][][] tails, double[][] gradients, double[][] energies) {
  static LayerSensitivity of(BandLayer layer, int pictures) {
    int channels = layer.channels();
    int coefficients = layer.coefficients();
    return new LayerSensitivity(
        layer,
        new float[channels][layer.thresholds().size()][pictures],
        new double[channels][coefficients],
        new double[channels][coefficients]);
  }

  /** How many pictures judge what was chosen: every other one, by which nothing is chosen. */
  public int judges() {
    return tails[0][0].length / 2;
  }

  /** What the n-th judging picture's answer gains when channel c loses its coefficients from threshold t on. */
  public double judged(int c, int t, int n) {
    return -tails[c][t][2 * n + 1];
  }

  /**
   * {@code squares[c][t]}: the mean square, over the pictures that do not judge, of what channel c's coefficients from
   * threshold t on add to an answer. A few hundred pictures say little about each of thousands of channels, and a choice among so
   * many falls for those that look harmless by chance. So half of it is what slopes and coefficients would give if they
   * were independent of each other, which far fewer pictures tell, with the layer's own sum.
   */
  public double[][] squares() {
    List<Integer> thresholds = layer.thresholds();
    double[][] squares = new double[layer.channels()][thresholds.size()];
    double[][] independent = new double[layer.channels()][thresholds.size()];
    double allSeen = 0;
    double allIndependent = 0;
    for (int c = 0; c < squares.length; c++) {
      for (int t = 0; t < thresholds.size(); t++) {
        squares[c][t] = meanSquare(tails[c][t]);
        for (int j = thresholds.get(t); j < layer.coefficients(); j++) {
          independent[c][t] += gradients[c][j] * energies[c][j];
        }
        allSeen += squares[c][t];
        allIndependent += independent[c][t];
      }
    }
    double scale = allIndependent == 0 ? 0 : allSeen / allIndependent;
    for (int c = 0; c < squares.length; c++) {
      for (int t = 0; t < thresholds.size(); t++) {
        squares[c][t] = (squares[c][t] + scale * independent[c][t]) / 2;
      }
    }
    return squares;
  }

  private static double meanSquare(float[] values) {
    double sum = 0;
    for (int n = 0; n < values.length; n += 2) {
      sum += (double) values[n] * values[n];
    }
    return sum / Math.ceilDiv(values.length, 2);
  }
}
