package dev.lowpass.learn.sensitivity;

import dev.lowpass.ir.BandLimit;
import dev.lowpass.ir.Bands;
import dev.lowpass.ir.Block;
import dev.lowpass.ir.CoefficientOrder;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.graph.Node;
import dev.lowpass.ir.op.Pointwise;
import dev.lowpass.passes.frequency.PointwiseLayer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A pointwise layer for which bands are sought.
 *
 * @param node of a canonical, spatial graph
 */
public record BandLayer(Node node, Block block, CoefficientOrder order) {
  /** Sides among which a block's are chosen, best first: of those that divide the map the first one is taken. */
  private static final List<Integer> SIDES = List.of(7, 6, 8, 5, 4, 3, 2);

  /** Steps into which the choice of a threshold is divided: compaction of bands rounds finer ones up again. */
  private static final int STEPS = 12;

  /** The layers of {@code graph} whose maps have more than one sample, in its order. */
  public static List<BandLayer> of(Graph graph) {
    List<BandLayer> layers = new ArrayList<>();
    for (Node node : graph.nodes()) {
      if (node.op() instanceof Pointwise) {
        blockOf(node.operand(0).type().shape())
            .ifPresent(block -> layers.add(new BandLayer(node, block, CoefficientOrder.ZIGZAG)));
      }
    }
    return layers;
  }

  private static Optional<Block> blockOf(Shape map) {
    boolean single = map.dim(2) * map.dim(3) == 1;
    return single ? Optional.empty() : Optional.of(new Block(side(map.dim(2)), side(map.dim(3))));
  }

  /** Where none of the sides divides the map, the blocks at its edge are padded. */
  private static int side(int extent) {
    return SIDES.stream().filter(side -> extent % side == 0).findFirst().orElse(Math.min(extent, SIDES.getFirst()));
  }

  /** As a bands file names it. */
  public String name() {
    return new PointwiseLayer(node).name();
  }

  /** How many channels it reads. */
  public int channels() {
    return node.operand(0).type().shape().dim(1);
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

  /** The limit that keeps {@code keep[c]} coefficients of channel c. */
  public BandLimit limit(int[] keep) {
    return new BandLimit(block, order, new Bands(IntStream.of(keep).boxed().toList()));
  }

  /** The limit that keeps everything. */
  public BandLimit full() {
    return new BandLimit(block, order, new Bands(Collections.nCopies(channels(), coefficients())));
  }

  /** The thresholds among which is chosen, ascending: nothing, the mean alone, then steps up to everything. */
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
