package dev.lowpass.codegen.fit;

import dev.lowpass.ir.graph.Node;
import dev.lowpass.passes.cost.CostTerm;
import dev.lowpass.passes.cost.PricedModel;
import dev.lowpass.passes.cost.Work;
import dev.lowpass.passes.cost.WorkCounter;
import java.util.List;

/**
 * One step of a network: what it does and how long it took.
 *
 * @param step its network, layers and kind
 */
record Observation(String step, List<Work> work, double microseconds) {
  static Observation of(String step, List<Node> nodes, WorkCounter counter, double microseconds) {
    return new Observation(step, nodes.stream().map(counter::of).toList(), microseconds);
  }

  /** Thousands of a term's units. */
  double amount(CostTerm term) {
    return work.stream().mapToDouble(part -> part.amount(term)).sum() / 1e3;
  }

  /**
   * Predicted by measured time, less 1.
   *
   * @param call microseconds that calling a step by itself takes, which an inference does not
   */
  double error(PricedModel model, double call) {
    return (call + work.stream().mapToDouble(model::price).sum()) / microseconds - 1;
  }
}
