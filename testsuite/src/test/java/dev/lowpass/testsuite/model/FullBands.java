package dev.lowpass.testsuite.model;

import dev.lowpass.ir.BandLimit;
import dev.lowpass.ir.Bands;
import dev.lowpass.ir.Block;
import dev.lowpass.ir.CoefficientOrder;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.bands.BandsFile;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.graph.Node;
import dev.lowpass.ir.op.Pointwise;
import dev.lowpass.passes.Pipelines;
import dev.lowpass.passes.machine.Machines;
import dev.lowpass.passes.pass.PassContext;
import dev.lowpass.passes.pass.PassManager;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/** Bands that drop nothing, so that a network in the frequency domain must be the dense one. */
public final class FullBands {
  private static final Block BLOCK = new Block(7, 7);

  private FullBands() {}

  /** All coefficients of 7x7 blocks for every pointwise layer on a map in {@code graph}, which is canonical. */
  public static BandsFile of(Graph graph) {
    SequencedMap<String, BandLimit> layers = new LinkedHashMap<>();
    for (Node node : graph.nodes()) {
      Shape shape = node.type().shape();
      if (node.op() instanceof Pointwise && shape.dim(2) * shape.dim(3) > 1) {
        Bands full = Bands.full(node.operand(0).type().shape().dim(1), BLOCK.size());
        layers.put(node.location().text(), new BandLimit(BLOCK, CoefficientOrder.ZIGZAG, full));
      }
    }
    return new BandsFile(layers);
  }

  /** The same for a graph as it was imported. */
  public static BandsFile ofImported(Graph graph) {
    return of(PassManager.verifying().run(Pipelines.canonical(), graph, PassContext.of(Machines.AVX512)));
  }
}
