package dev.lowpass.cli.demo;

import dev.lowpass.ir.BandLimit;
import dev.lowpass.ir.Bands;
import dev.lowpass.ir.Block;
import dev.lowpass.ir.CoefficientOrder;
import dev.lowpass.ir.Graph;
import dev.lowpass.ir.Node;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.op.Constant;
import dev.lowpass.ir.op.Pointwise;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A pointwise layer for which bands are sought.
 *
 * @param weightEnergy Σ_o w[o,c]² for every input channel c: how much of the channel's energy reaches the output
 */
record SearchedLayer(Node node, Block block, double[] weightEnergy) {
  private static final int BLOCK_WIDTH = 8;
  private static final int BLOCK_HEIGHT = 6;

  /**
   * Steps into which the choice of a threshold is divided: finer ones are rounded up again when bands are compacted.
   */
  private static final int STEPS = 8;

  /** The pointwise layers of {@code graph} that see a map and not just its mean, with a block that divides the map. */
  static List<SearchedLayer> of(Graph graph) {
    List<SearchedLayer> layers = new ArrayList<>();
    for (Node node : graph.nodes()) {
      Shape shape = node.type().shape();
      if (node.op() instanceof Pointwise
          && shape.dim(3) % BLOCK_WIDTH == 0
          && graph.producer(node.operand(1)).orElseThrow().op() instanceof Constant weights) {
        int height = shape.dim(2) % BLOCK_HEIGHT == 0 ? BLOCK_HEIGHT : shape.dim(2);
        layers.add(new SearchedLayer(node, new Block(height, BLOCK_WIDTH), columnEnergy(weights)));
      }
    }
    return layers;
  }

  private static double[] columnEnergy(Constant weights) {
    int channels = weights.value().shape().dim(1);
    double[] energy = new double[channels];
    float[] values = weights.value().floats();
    for (int i = 0; i < values.length; i++) {
      energy[i % channels] += (double) values[i] * values[i];
    }
    return energy;
  }

  String name() {
    return node.location().text();
  }

  int channels() {
    return weightEnergy.length;
  }

  int coefficients() {
    return block.size();
  }

  /** Multiply-adds that one more coefficient of one channel costs. */
  long costOfCoefficient() {
    Shape shape = node.type().shape();
    return (long) block.count(shape.dim(2), shape.dim(3)) * shape.dim(1);
  }

  long multiplyAdds() {
    return costOfCoefficient() * coefficients() * channels();
  }

  BandLimit limit(List<Integer> keep) {
    return new BandLimit(block, CoefficientOrder.ZIGZAG, new Bands(keep));
  }

  BandLimit full() {
    return limit(Collections.nCopies(channels(), coefficients()));
  }

  /** The thresholds among which is chosen, ascending: nothing, the mean alone, then equal steps up to everything. */
  List<Integer> thresholds() {
    List<Integer> thresholds = new ArrayList<>(List.of(0, 1));
    for (int step = 1; step <= STEPS; step++) {
      int threshold = Math.ceilDiv(step * coefficients(), STEPS);
      if (threshold > thresholds.getLast()) {
        thresholds.add(threshold);
      }
    }
    return thresholds;
  }
}
