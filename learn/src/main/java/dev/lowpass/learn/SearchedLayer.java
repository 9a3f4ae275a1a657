package dev.lowpass.learn;

import dev.lowpass.ir.BandLimit;
import dev.lowpass.ir.Bands;
import dev.lowpass.ir.Block;
import dev.lowpass.ir.CoefficientOrder;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.graph.Node;
import dev.lowpass.ir.op.Constant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A pointwise layer for which bands are sought.
 *
 * @param weightEnergy Σ_o w[o,c]² for every input channel c: how much of the channel's energy reaches the output
 */
public record SearchedLayer(Node node, Block block, CoefficientOrder order, double[] weightEnergy) {
  /**
   * Steps into which the choice of a threshold is divided: finer ones are rounded up again when bands are compacted.
   */
  private static final int STEPS = 8;

  static SearchedLayer of(Node node, Block block, CoefficientOrder order, Constant weights) {
    int channels = weights.value().shape().dim(1);
    double[] energy = new double[channels];
    float[] values = weights.value().floats();
    for (int i = 0; i < values.length; i++) {
      energy[i % channels] += (double) values[i] * values[i];
    }
    return new SearchedLayer(node, block, order, energy);
  }

  /** As a bands file names it. */
  public String name() {
    return node.location().text();
  }

  /** How many channels it reads. */
  public int channels() {
    return weightEnergy.length;
  }

  /** How many coefficients a block has. */
  public int coefficients() {
    return block.size();
  }

  /** Multiply-adds that one more coefficient of one channel costs. */
  public long costOfCoefficient() {
    Shape shape = node.type().shape();
    return (long) block.count(shape.dim(2), shape.dim(3)) * shape.dim(1);
  }

  /** Multiply-adds of the whole layer where everything is kept. */
  public long multiplyAdds() {
    return costOfCoefficient() * coefficients() * channels();
  }

  /** The limit that keeps {@code keep.get(c)} coefficients of channel c. */
  public BandLimit limit(List<Integer> keep) {
    return new BandLimit(block, order, new Bands(keep));
  }

  /** The limit that keeps everything. */
  public BandLimit full() {
    return limit(Collections.nCopies(channels(), coefficients()));
  }

  /** The thresholds among which is chosen, ascending: nothing, the mean alone, then equal steps up to everything. */
  public List<Integer> thresholds() {
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
