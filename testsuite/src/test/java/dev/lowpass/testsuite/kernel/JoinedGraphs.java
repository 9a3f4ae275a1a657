package dev.lowpass.testsuite.kernel;

import dev.lowpass.ir.Value;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.graph.Node;
import java.util.ArrayList;
import java.util.List;

/**
 * Several graphs as one that computes them all side by side. What a driver does once a program, such as reading the
 * headers of its language, takes longer than a small graph.
 */
final class JoinedGraphs {
  private final List<Value> inputs = new ArrayList<>();
  private final List<Node> nodes = new ArrayList<>();
  private final List<Graph.Output> outputs = new ArrayList<>();

  private JoinedGraphs() {}

  /** All of {@code graphs}, whose own names differ and stand before those of their values. */
  static Graph of(String name, List<Graph> graphs) {
    JoinedGraphs joined = new JoinedGraphs();
    graphs.forEach(joined::add);
    return new Graph(name, joined.inputs, joined.nodes, joined.outputs);
  }

  private void add(Graph graph) {
    graph.inputs().forEach(input -> inputs.add(named(graph, input)));
    for (Node node : graph.nodes()) {
      List<Value> operands = node.operands().stream().map(operand -> named(graph, operand)).toList();
      nodes.add(new Node(named(graph, node.result()), node.op(), operands, node.location()));
    }
    for (Graph.Output output : graph.outputs()) {
      outputs.add(new Graph.Output(graph.name() + "." + output.name(), named(graph, output.value())));
    }
  }

  private static Value named(Graph graph, Value value) {
    return new Value(graph.name() + "." + value.name(), value.type());
  }
}
