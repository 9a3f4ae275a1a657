package dev.lowpass.learn;

import dev.lowpass.ir.BandLimit;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.bands.BandsFile;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.graph.Node;
import dev.lowpass.ir.graph.Rewrite;
import dev.lowpass.ir.op.Dct;
import dev.lowpass.ir.op.Idct;
import dev.lowpass.ir.op.Pointwise;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A graph in which chosen pointwise layers read their input through a truncated transform and back. Slower than the
 * dense graph and of no use but to find out what limits do, which it says exactly.
 */
public final class LimitedGraph {
  private static final String COEFFICIENTS = ".limited.dct";
  private static final String SAMPLES = ".limited";

  private LimitedGraph() {}

  /**
   * {@code graph} with the limits of {@code bands}; layers that it does not name stay.
   *
   * @param graph canonical and spatial
   */
  public static Graph of(Graph graph, BandsFile bands) {
    List<Node> nodes = new ArrayList<>();
    for (Node node : graph.nodes()) {
      if (node.op() instanceof Pointwise) {
        bands.of(node.location().text()).ifPresent(limit -> nodes.addAll(limited(node, limit)));
      }
    }
    return graph.apply(Rewrite.redefine(nodes));
  }

  private static List<Node> limited(Node node, BandLimit limit) {
    Dct dct = new Dct(limit.block(), limit.order(), Optional.of(limit.keep()));
    Node forward = Node.of(coefficients(node), dct, List.of(node.operand(0)), node.location());
    Node back = Node.of(node.name() + SAMPLES, new Idct(), List.of(forward.result()), node.location());
    List<Value> operands = new ArrayList<>(node.operands());
    operands.set(0, back.result());
    return List.of(forward, back, Node.of(node.name(), node.op(), operands, node.location()));
  }

  /** The name of the value with the coefficients that {@code layer} reads. */
  public static String coefficients(Node layer) {
    return layer.name() + COEFFICIENTS;
  }
}
