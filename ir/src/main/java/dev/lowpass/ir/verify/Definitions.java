package dev.lowpass.ir.verify;

import dev.lowpass.ir.Value;
import dev.lowpass.ir.graph.Graph;
import java.util.LinkedHashMap;
import java.util.Map;

/** The values that a graph defines, by name; of two that share a name, the first. */
final class Definitions {
  private Definitions() {}

  static Map<String, Value> inputs(Graph graph) {
    Map<String, Value> definitions = new LinkedHashMap<>();
    graph.inputs().forEach(input -> definitions.putIfAbsent(input.name(), input));
    return definitions;
  }

  static Map<String, Value> all(Graph graph) {
    Map<String, Value> definitions = inputs(graph);
    graph.nodes().forEach(node -> definitions.putIfAbsent(node.name(), node.result()));
    return definitions;
  }
}
