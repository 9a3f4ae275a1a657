package dev.lowpass.codegen.fit;

import dev.lowpass.codegen.plan.Plan;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.graph.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which nodes of a graph each step of its plan carries out. A step writes the value of the last of them; what only that
 * one reads, and no step writes, belongs to the step as well.
 */
final class PlanNodes {
  private final Map<String, Integer> writers = new LinkedHashMap<>();
  private final Map<String, List<Node>> users;
  private final List<List<Node>> ofStep = new ArrayList<>();

  private PlanNodes(Graph graph, Plan plan) {
    this.users = graph.users();
    for (int step = 0; step < plan.steps().size(); step++) {
      writers.put(plan.steps().get(step).output().name(), step);
      ofStep.add(new ArrayList<>());
    }
    for (Graph.Output output : graph.outputs()) {
      // An output's memory is named after the output, not after the value that fills it.
      Integer writer = writers.get(output.name());
      if (writer != null) {
        writers.putIfAbsent(output.value().name(), writer);
      }
    }
    graph.nodes().forEach(this::assign);
  }

  /** Nodes by step; constants and what no step computes are left out. */
  static List<List<Node>> of(Graph graph, Plan plan) {
    return new PlanNodes(graph, plan).ofStep;
  }

  private void assign(Node node) {
    Node at = node;
    while (!writers.containsKey(at.name())) {
      List<Node> readers = users.getOrDefault(at.name(), List.of());
      if (readers.isEmpty()) {
        return;
      }
      at = readers.getFirst();
    }
    ofStep.get(writers.get(at.name())).add(node);
  }
}
