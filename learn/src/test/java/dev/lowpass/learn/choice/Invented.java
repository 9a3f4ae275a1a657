package dev.lowpass.learn.choice;

import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.text.IrText;
import dev.lowpass.learn.ProductPrices;
import dev.lowpass.learn.sensitivity.BandLayer;
import dev.lowpass.learn.sensitivity.LayerSensitivity;
import dev.lowpass.learn.sensitivity.Sensitivities;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Two layers on a machine where both are worth low-passing, and sensitivities that nobody measured. */
final class Invented {
  static final Graph GRAPH =
      IrText.parse(
          """
          graph @two(%x: f32[1, 64, 6, 6]) -> (y = %p2) {
            %w1 = constant f32[128, 64] random(seed = 1)
            %p1 = pointwise %x, %w1 : f32[1, 128, 6, 6] loc("expand")
            %r1 = relu %p1
            %w2 = constant f32[64, 128] random(seed = 2)
            %p2 = pointwise %r1, %w2 : f32[1, 64, 6, 6] loc("project")
          }
          """,
          "two.ir");

  static final List<BandLayer> LAYERS = BandLayer.of(GRAPH);
  static final TimeModel TIMES = new TimeModel(GRAPH, ProductPrices.MODEL.machine(), ProductPrices.MODEL);

  private static final int PICTURES = 40;

  private Invented() {}

  /** Each channel matters by itself, the more the more of it is lost: {@code weight} times a random amount. */
  static LayerSensitivity sensitivity(BandLayer layer, double weight, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int coefficients = layer.coefficients();
    float[][][] tails = new float[layer.channels()][layer.thresholds().size()][PICTURES];
    double[][] gradients = new double[layer.channels()][coefficients];
    double[][] energies = new double[layer.channels()][coefficients];
    for (int c = 0; c < tails.length; c++) {
      double amount = weight * random.nextDouble();
      for (int j = 0; j < coefficients; j++) {
        gradients[c][j] = amount * amount;
        energies[c][j] = 1.0 / coefficients;
      }
      for (int n = 0; n < PICTURES; n++) {
        double answer = amount * random.nextGaussian();
        for (int t = 0; t < tails[c].length; t++) {
          tails[c][t][n] = (float) (answer * (1 - layer.thresholds().get(t) / (double) coefficients));
        }
      }
    }
    return new LayerSensitivity(layer, tails, gradients, energies);
  }

  /** Of all layers, each with a weight. */
  static Sensitivities sensitivities(long seed, double... weights) {
    List<LayerSensitivity> layers = new ArrayList<>();
    for (int l = 0; l < weights.length; l++) {
      layers.add(sensitivity(LAYERS.get(l), weights[l], seed + l));
    }
    return new Sensitivities(layers, new double[PICTURES]);
  }
}
