package dev.lowpass.passes.frequency;

import dev.lowpass.ir.BandLimit;
import dev.lowpass.ir.Location;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.graph.Node;
import dev.lowpass.ir.op.Pointwise;
import dev.lowpass.passes.cost.ProductSize;
import dev.lowpass.passes.pass.Report;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A node that is a pointwise convolution, as the report speaks of it. */
public record PointwiseLayer(Node node) {
  public static List<PointwiseLayer> of(Graph graph) {
    List<PointwiseLayer> layers = new ArrayList<>();
    for (Node node : graph.nodes()) {
      if (node.op() instanceof Pointwise) {
        layers.add(new PointwiseLayer(node));
      }
    }
    return layers;
  }

  /** The layer's name in a bands file: where the node came from, or the name of its result. */
  public String name() {
    return node.location().equals(Location.UNKNOWN) ? node.name() : node.location().text();
  }

  public Optional<BandLimit> limit() {
    return ((Pointwise) node.op()).limit();
  }

  public ProductSize product() {
    return ProductSize.of(node.operand(0).type().shape(), node.type().shape().dim(1));
  }

  /** The part of its multiply-adds that its bands keep, 1 without bands. */
  public double retained() {
    return limit().map(BandLimit::retained).orElse(1.0);
  }

  /** The same layer without bands. */
  public Node withoutLimit() {
    return Node.of(node.name(), ((Pointwise) node.op()).with(Optional.empty()), node.operands(), node.location());
  }

  /** Completes what was decided about this layer, if anything was, by what the compacted product executes. */
  void recordExecuted(Report report, double executed) {
    for (Report.Decision decision : report.decisions()) {
      if (decision.layer().equals(name())) {
        report.decide(
            new Report.Decision(
                decision.layer(),
                decision.form(),
                decision.multiplyAdds(),
                decision.retained(),
                executed,
                decision.predictedDense(),
                decision.predictedLowpassed(),
                decision.reason()));
      }
    }
  }
}
