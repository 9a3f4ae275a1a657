package dev.lowpass.passes.forms;

import dev.lowpass.ir.BandLimit;
import dev.lowpass.ir.Bands;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.graph.Node;
import dev.lowpass.ir.op.CoefficientUse;
import dev.lowpass.ir.op.Constant;
import dev.lowpass.ir.op.Pointwise;
import dev.lowpass.passes.cost.CostModel;
import dev.lowpass.passes.frequency.Grid;
import dev.lowpass.passes.frequency.PointwiseLayer;
import dev.lowpass.passes.pass.GraphIndex;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The predicted time of a spatial graph, were some of its pointwise layers low-passed.
 * Prices are computed once each, because many choices of layers are compared.
 */
final class FormCosts {
  private final GraphIndex index;
  private final CostModel model;
  private final List<Step> steps = new ArrayList<>();
  private final Map<String, Double> dense = new LinkedHashMap<>();
  private final Map<String, Double> banded = new LinkedHashMap<>();
  // Bands of a thousand channels are dear to compare: those that a search meets again are the same objects.
  private final Map<Transform, Map<BandLimit, Double>> transforms = new LinkedHashMap<>();
  private final Map<BandLimit, Map<BandLimit, BandLimit>> unions = new IdentityHashMap<>();
  private final Map<BandLimit, Integer> made = new IdentityHashMap<>();
  private final Map<Coefficients, BandLimit> limits = new LinkedHashMap<>();
  private final double others;

  /** A node, what it would do with coefficients, and the operands that it would do that with. */
  record Step(Node node, CoefficientUse use, List<Value> operands) {
    static Step of(Node node) {
      CoefficientUse use = node.coefficients();
      List<Value> operands =
          switch (use) {
            case CoefficientUse.Commutes(List<Integer> places) ->
                places.stream().map(node::operand).distinct().toList();
            case CoefficientUse.Dc _ -> node.operands();
            case CoefficientUse.None _ -> List.of();
          };
      return new Step(node, use, operands);
    }
  }

  private record Transform(String value, boolean forward) {}

  private record Coefficients(String value, Grid grid, int longest) {}

  FormCosts(Graph graph, CostModel model) {
    this.index = new GraphIndex(graph);
    this.model = model;
    graph.nodes().stream().filter(node -> !(node.op() instanceof Constant)).map(Step::of).forEach(steps::add);
    // Depthwise convolutions and the like take as long around low-passed layers as around dense ones.
    this.others = graph.nodes().stream().filter(node -> !(node.op() instanceof Pointwise)).mapToDouble(model::of).sum();
  }

  /** Microseconds of the graph with the layers whose nodes are named low-passed and the others dense. */
  double of(Set<String> lowpassed) {
    FormWalk walk = new FormWalk(this, index, lowpassed);
    steps.forEach(walk::visit);
    index.graph().outputs().forEach(output -> walk.needSamples(output.value()));
    return others + walk.total();
  }

  double dense(PointwiseLayer layer) {
    return dense.computeIfAbsent(layer.node().name(), ignored -> model.dense(layer.product()));
  }

  double banded(PointwiseLayer layer) {
    return banded.computeIfAbsent(
        layer.node().name(), ignored -> model.banded(layer.product(), layer.limit().orElseThrow()));
  }

  double forward(Value value, BandLimit kept) {
    return prices(value, true).computeIfAbsent(kept, _ -> model.forward(value.type().shape(), kept));
  }

  double inverse(Value value, BandLimit known) {
    return prices(value, false).computeIfAbsent(known, _ -> model.inverse(value.type().shape(), known));
  }

  private Map<BandLimit, Double> prices(Value value, boolean forward) {
    return transforms.computeIfAbsent(new Transform(value.name(), forward), _ -> new IdentityHashMap<>());
  }

  /** One transform for two readers; those on different grids are rare enough to count the last one only. */
  BandLimit union(BandLimit a, BandLimit b) {
    if (a == b || !Grid.of(a).equals(Grid.of(b))) {
      return b;
    }
    return unions
        .computeIfAbsent(a, _ -> new IdentityHashMap<>())
        .computeIfAbsent(b, _ -> a.withKeep(Bands.union(a.keep(), b.keep())));
  }

  /** Coefficients that a product of {@code limit} leaves in a channel; a bias leaves one. */
  int made(BandLimit limit) {
    return made.computeIfAbsent(limit, _ -> Math.max(limit.keep().longest(), 1));
  }

  /** All channels of {@code value} up to {@code longest}, as coefficients on the grid of {@code limit}. */
  BandLimit coefficients(Value value, BandLimit limit, int longest) {
    return limits.computeIfAbsent(
        new Coefficients(value.name(), Grid.of(limit), longest),
        ignored -> limit.withKeep(Bands.full(value.type().shape().dim(1), longest)));
  }
}
