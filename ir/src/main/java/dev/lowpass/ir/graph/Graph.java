package dev.lowpass.ir.graph;

import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A read-only graph in SSA form: inputs, nodes in an order where operands come first, and named outputs.
 *
 * <p>The constructor copies; whether the graph is well formed is the verifier's to say.
 */
public record Graph(String name, List<Value> inputs, List<Node> nodes, List<Output> outputs) {
  /**
   * A result of the graph: the name that the user knows it by, which no pass changes, and the value it currently is.
   */
  public record Output(String name, Value value) {}

  public Graph {
    inputs = List.copyOf(inputs);
    nodes = List.copyOf(nodes);
    outputs = List.copyOf(outputs);
  }

  /** Node by the name of its result. */
  public Map<String, Node> producers() {
    Map<String, Node> producers = new LinkedHashMap<>();
    nodes.forEach(node -> producers.put(node.name(), node));
    return producers;
  }

  /** The node that computes {@code value}, or nothing for an input. */
  public Optional<Node> producer(Value value) {
    return nodes.stream().filter(node -> node.name().equals(value.name())).findFirst();
  }

  /** Nodes that read each value, in order; a node that reads a value twice is listed once. */
  public Map<String, List<Node>> users() {
    Map<String, List<Node>> users = new LinkedHashMap<>();
    inputs.forEach(input -> users.put(input.name(), new ArrayList<>()));
    for (Node node : nodes) {
      users.put(node.name(), new ArrayList<>());
      Set<String> read = new LinkedHashSet<>();
      node.operands().forEach(operand -> read.add(operand.name()));
      read.forEach(operand -> users.computeIfAbsent(operand, ignored -> new ArrayList<>()).add(node));
    }
    return users;
  }

  public boolean isOutput(Value value) {
    return outputs.stream().anyMatch(output -> output.value().name().equals(value.name()));
  }

  /**
   * The graph after {@code rewrite}: uses redirected, nodes added or redefined, types inferred again from the inputs
   * on, nodes that no output needs dropped, and the rest in an order where operands come first.
   *
   * @throws LowpassException LP2001 where types no longer fit, LP2002 where the rewrite leaves a cycle or an unknown
   *     operand, or retypes an input that is not there
   */
  public Graph apply(Rewrite rewrite) {
    Map<String, Node> defined = producers();
    Set<String> added = new LinkedHashSet<>();
    for (Node node : rewrite.nodes()) {
      defined.put(node.name(), node);
      added.add(node.name());
    }
    return new Reconstruction(retyped(rewrite.inputs()), defined, added, rewrite.replaced()).run();
  }

  /** With other types of the inputs {@code changed}, of which the nodes do not know as yet. */
  private Graph retyped(List<Value> changed) {
    List<Value> retyped = new ArrayList<>(inputs);
    for (Value value : changed) {
      if (inputs.stream().noneMatch(input -> input.name().equals(value.name()))) {
        throw new LowpassException("LP2002", value.name(), "is no input of graph '" + name + "'");
      }
      retyped.replaceAll(input -> input.name().equals(value.name()) ? value : input);
    }
    return new Graph(name, retyped, nodes, outputs);
  }

  /** The same graph without nodes that no output needs. */
  public Graph withoutDeadNodes() {
    return apply(Rewrite.none());
  }

  /** Carries out one rewrite: a depth-first walk from the outputs that rebuilds each node on its rebuilt operands. */
  private static final class Reconstruction {
    private final Graph graph;
    private final Map<String, Node> defined;
    private final Set<String> added;
    private final Map<String, Value> replaced;
    private final Map<String, Value> done = new LinkedHashMap<>();
    private final List<Node> ordered = new ArrayList<>();

    Reconstruction(Graph graph, Map<String, Node> defined, Set<String> added, Map<String, Value> replaced) {
      this.graph = graph;
      this.defined = defined;
      this.added = added;
      this.replaced = replaced;
      graph.inputs.forEach(input -> done.put(input.name(), input));
    }

    Graph run() {
      Set<String> live = live();
      for (String name : defined.keySet()) {
        if (live.contains(name)) {
          build(name);
        }
      }
      List<Output> outputs = new ArrayList<>();
      graph.outputs.forEach(output -> outputs.add(new Output(output.name(), done.get(target(output.value())))));
      return new Graph(graph.name, graph.inputs, ordered, outputs);
    }

    private String target(Value value) {
      Value target = replaced.get(value.name());
      return target == null ? value.name() : target.name();
    }

    /** Operands of an added node are meant as written: a wrapper reads the very value whose uses it takes over. */
    private String operandOf(Node node, Value operand) {
      return added.contains(node.name()) ? operand.name() : target(operand);
    }

    private Set<String> live() {
      Set<String> live = new LinkedHashSet<>();
      List<String> pending = new ArrayList<>();
      graph.outputs.forEach(output -> pending.add(target(output.value())));
      while (!pending.isEmpty()) {
        String name = pending.removeLast();
        if (live.add(name) && defined.containsKey(name)) {
          Node node = defined.get(name);
          node.operands().forEach(operand -> pending.add(operandOf(node, operand)));
        }
      }
      return live;
    }

    /** Iterative, because networks are deeper than a Java stack is sure to be. */
    private void build(String root) {
      List<String> path = new ArrayList<>(List.of(root));
      Set<String> open = new LinkedHashSet<>();
      while (!path.isEmpty()) {
        String name = path.getLast();
        if (done.containsKey(name)) {
          path.removeLast();
          continue;
        }
        Node node = defined.get(name);
        if (node == null) {
          throw new LowpassException("LP2002", name, "is read but never defined");
        }
        open.add(name);
        boolean ready = true;
        for (Value operand : node.operands().reversed()) {
          String read = operandOf(node, operand);
          if (!done.containsKey(read)) {
            if (open.contains(read)) {
              throw new LowpassException("LP2002", name, "depends on itself through %" + read);
            }
            path.add(read);
            ready = false;
          }
        }
        if (ready) {
          finish(node);
          path.removeLast();
          open.remove(name);
        }
      }
    }

    private void finish(Node node) {
      List<Value> operands = node.operands().stream().map(operand -> done.get(operandOf(node, operand))).toList();
      Node rebuilt = Node.of(node.name(), node.op(), operands, node.location());
      done.put(node.name(), rebuilt.result());
      ordered.add(rebuilt);
    }
  }
}
