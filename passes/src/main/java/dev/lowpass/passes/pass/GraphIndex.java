package dev.lowpass.passes.pass;

import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.graph.Node;
import dev.lowpass.ir.op.Constant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who computes and who reads each value of one graph: what the patterns of a pass ask. Also hands out names that the
 * graph does not use yet, so an index serves one rewrite. Not thread-safe.
 */
public final class GraphIndex {
  private final Graph graph;
  private final Map<String, Node> producers;
  private final Map<String, List<Node>> users;
  private final Set<String> outputs = new LinkedHashSet<>();
  private final Set<String> names = new LinkedHashSet<>();

  public GraphIndex(Graph graph) {
    this.graph = graph;
    this.producers = graph.producers();
    this.users = graph.users();
    graph.outputs().forEach(output -> outputs.add(output.value().name()));
    graph.inputs().forEach(input -> names.add(input.name()));
    names.addAll(producers.keySet());
  }

  public Graph graph() {
    return graph;
  }

  /** The node that computes {@code value}, or nothing for an input of the graph. */
  public Optional<Node> producer(Value value) {
    return Optional.ofNullable(producers.get(value.name()));
  }

  /** The nodes that read {@code value}, in the order of the graph. */
  public List<Node> users(Value value) {
    return users.getOrDefault(value.name(), List.of());
  }

  public boolean isOutput(Value value) {
    return outputs.contains(value.name());
  }

  /** Whether one node alone reads {@code value}: whoever replaces that node makes the value's own node superfluous. */
  public boolean isReadOnce(Value value) {
    return users(value).size() == 1 && !isOutput(value);
  }

  public Optional<Tensor> constant(Value value) {
    return producer(value)
        .map(Node::op)
        .filter(Constant.class::isInstance)
        .map(op -> ((Constant) op).value());
  }

  /** The number that a floating-point constant of one element holds, whatever its rank. */
  public Optional<Double> scalar(Value value) {
    return constant(value)
        .filter(tensor -> tensor.type().element().isFloating() && tensor.shape().elements() == 1)
        .map(tensor -> tensor.at(0));
  }

  /** A name that no value has, {@code wanted} if it is free. Each call reserves what it returns. */
  public String fresh(String wanted) {
    String name = wanted;
    for (int i = 2; !names.add(name); i++) {
      name = wanted + "." + i;
    }
    return name;
  }
}
