package dev.lowpass.passes.forms;

import dev.lowpass.ir.graph.Graph;
import dev.lowpass.passes.cost.CostModel;
import dev.lowpass.passes.frequency.PointwiseLayer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * The search of {@link ChooseForms} for those who weigh more than time: which layers of a graph with bands to low-pass,
 * where a set of layers has a cost of its own.
 */
public final class FormChoice {
  private final FormCosts costs;
  private final List<PointwiseLayer> layers;
  private final FormMargins margins;
  private final Graph graph;

  /** @param graph annotated and spatial, as {@code attach-bands} leaves it */
  public FormChoice(Graph graph, CostModel prices) {
    this.graph = graph;
    this.costs = new FormCosts(graph, prices);
    this.layers = PointwiseLayer.of(graph).stream().filter(layer -> layer.node().type().isSpatial()).toList();
    this.margins = FormMargins.of(layers, costs);
  }

  /**
   * The cheapest set of layers found, by the names of their nodes.
   *
   * @param cost of low-passing a set of layers, in microseconds, beside the time that the network takes
   */
  public Set<String> best(ToDoubleFunction<Set<String>> cost) {
    Set<String> banded = new LinkedHashSet<>();
    layers.stream().filter(layer -> layer.limit().isPresent()).forEach(layer -> banded.add(layer.node().name()));
    return new FormSearch(graph, layers, set -> costs.of(set) + margins.of(set) + cost.applyAsDouble(set)).best(banded);
  }

  /** Predicted microseconds of the network with these layers low-passed and the others dense. */
  public double microseconds(Set<String> lowpassed) {
    return costs.of(lowpassed);
  }
}
