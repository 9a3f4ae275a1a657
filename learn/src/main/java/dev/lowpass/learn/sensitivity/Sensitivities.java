package dev.lowpass.learn.sensitivity;

import java.util.List;

/**
 * Sensitivities of all layers at some cut of the network.
 *
 * @param layers in the graph's order
 * @param lost for each picture what the cut has added to its answer in its direction: half the mean of the squares is
 *     the loss so far
 */
public record Sensitivities(List<LayerSensitivity> layers, double[] lost) {
  public Sensitivities {
    layers = List.copyOf(layers);
  }

  /** Of {@link #lost} what belongs to the pictures that judge. */
  public double[] judgedLoss() {
    double[] judged = new double[lost.length / 2];
    for (int n = 0; n < judged.length; n++) {
      judged[n] = lost[2 * n + 1];
    }
    return judged;
  }
}
