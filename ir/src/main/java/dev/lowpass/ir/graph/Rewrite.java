package dev.lowpass.ir.graph;

import dev.lowpass.ir.Value;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A change to a graph, as data: what a pass returns and {@link Graph#apply} carries out.
 *
 * @param nodes nodes to add; one with the name of an existing node redefines it, and its users see the new type. Their
 *     operands are meant as written, not redirected by {@code replaced}
 * @param replaced uses of the value named by the key, in nodes that this rewrite does not add and in outputs, become
 *     the other value
 * @param inputs inputs of the graph, by their names, that get another type
 */
public record Rewrite(List<Node> nodes, Map<String, Value> replaced, List<Value> inputs) {
  public Rewrite {
    nodes = List.copyOf(nodes);
    replaced = Collections.unmodifiableMap(new LinkedHashMap<>(replaced));
    inputs = List.copyOf(inputs);
  }

  /** A rewrite that leaves the inputs of the graph as they are. */
  public Rewrite(List<Node> nodes, Map<String, Value> replaced) {
    this(nodes, replaced, List.of());
  }

  public static Rewrite none() {
    return new Rewrite(List.of(), Map.of());
  }

  /** Redefines nodes in place: same names, other operators or operands. */
  public static Rewrite redefine(List<Node> nodes) {
    return new Rewrite(nodes, Map.of());
  }

  /** Adds {@code nodes} and lets {@code replacement} take over the uses of {@code old}. */
  public static Rewrite replace(Value old, Value replacement, List<Node> nodes) {
    return new Rewrite(nodes, Map.of(old.name(), replacement));
  }

  public boolean isEmpty() {
    return nodes.isEmpty() && replaced.isEmpty() && inputs.isEmpty();
  }
}
