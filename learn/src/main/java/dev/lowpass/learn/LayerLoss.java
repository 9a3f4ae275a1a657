package dev.lowpass.learn;

import java.util.ArrayList;
import java.util.List;

/**
 * What one layer loses by its thresholds, estimated.
 *
 * @param dropped {@code dropped[c][k]}: the part of the layer's output energy that comes from the coefficients of
 *     channel c from k on, channels taken as independent; k is 0 to the block's size
 * @param weight how much the network's outputs suffer for each unit of dropped energy
 */
public record LayerLoss(SearchedLayer layer, double[][] dropped, double weight) {
  /**
   * Running sums from the end of {@code energy[c][j]}, the energy of coefficient j in channel c, as it reaches the
   * output. Nothing is lost with a layer that reads nothing but zeros.
   */
  static LayerLoss of(SearchedLayer layer, double[][] energy) {
    int size = layer.coefficients();
    double[][] dropped = new double[layer.channels()][size + 1];
    double total = 0;
    for (int c = 0; c < layer.channels(); c++) {
      for (int j = size - 1; j >= 0; j--) {
        dropped[c][j] = dropped[c][j + 1] + layer.weightEnergy()[c] * energy[c][j];
      }
      total += dropped[c][0];
    }
    for (double[] channel : dropped) {
      for (int k = 0; k <= size; k++) {
        channel[k] = total == 0 ? 0 : channel[k] / total;
      }
    }
    return new LayerLoss(layer, dropped, 1);
  }

  /** The same layer whose outputs suffer {@code loss} when it keeps only {@code keep}. */
  LayerLoss observed(List<Integer> keep, double loss) {
    double part = droppedBy(keep);
    return new LayerLoss(layer, dropped, part == 0 ? 0 : loss / part);
  }

  /** The thresholds with the least loss plus {@code price} times multiply-adds; channels decide one by one. */
  public List<Integer> cheapest(double price) {
    List<Integer> keep = new ArrayList<>();
    for (double[] channel : dropped) {
      int best = layer.coefficients();
      double least = Double.POSITIVE_INFINITY;
      for (int threshold : layer.thresholds()) {
        double sum = weight * channel[threshold] + price * threshold * layer.costOfCoefficient();
        if (sum < least) {
          least = sum;
          best = threshold;
        }
      }
      keep.add(best);
    }
    return keep;
  }

  /** The dropped part of the output energy under {@code keep}, 0 to 1. */
  public double droppedBy(List<Integer> keep) {
    double sum = 0;
    for (int c = 0; c < keep.size(); c++) {
      sum += dropped[c][keep.get(c)];
    }
    return sum;
  }
}
