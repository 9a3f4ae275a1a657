package dev.lowpass.codegen.plan;

import dev.lowpass.ir.Domain;
import dev.lowpass.ir.Graph;
import dev.lowpass.ir.Node;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.op.Constant;
import dev.lowpass.ir.op.Dct;
import dev.lowpass.ir.op.Elementwise;
import dev.lowpass.ir.op.Idct;
import dev.lowpass.ir.op.Pointwise;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Questions about a graph that fusion asks: who alone reads a value, and what stands before and behind it. */
final class Chain {
  private final Graph graph;
  private final Map<String, Node> producers;
  private final Map<String, List<Node>> users;
  private final Map<String, Integer> position = new HashMap<>();

  Chain(Graph graph) {
    this.graph = graph;
    this.producers = graph.producers();
    this.users = graph.users();
    for (int i = 0; i < graph.nodes().size(); i++) {
      position.put(graph.nodes().get(i).name(), i);
    }
  }

  Optional<Node> producer(Value value) {
    return Optional.ofNullable(producers.get(value.name()));
  }

  int position(Node node) {
    return position.get(node.name());
  }

  /** The only node that reads {@code value}, if the value is no output of the graph either. */
  Optional<Node> onlyUser(Value value) {
    List<Node> readers = users.getOrDefault(value.name(), List.of());
    return readers.size() == 1 && !graph.isOutput(value) ? Optional.of(readers.getFirst()) : Optional.empty();
  }

  /** The node that computes {@code value} if nobody but one node reads it. */
  Optional<Node> privateProducer(Value value) {
    return producer(value).filter(_ -> onlyUser(value).isPresent());
  }

  /** Whether only products read {@code value}, and each a falling staircase: they read no further than its bands. */
  boolean readByProductsOnly(Value value) {
    List<Node> readers = users.getOrDefault(value.name(), List.of());
    return !graph.isOutput(value)
        && readers.stream().allMatch(
            node -> node.op() instanceof Pointwise product && product.reads(value.type()).isSorted());
  }

  /** Elementwise nodes that follow {@code value} one after the other, each the only reader. */
  List<Node> elementwiseAfter(Value value) {
    List<Node> found = new ArrayList<>();
    Value at = value;
    while (onlyUser(at).filter(node -> node.op() instanceof Elementwise).isPresent()) {
      Node next = onlyUser(at).orElseThrow();
      found.add(next);
      at = next.result();
    }
    return found;
  }

  /** Elementwise nodes that lead to {@code value}, in order of execution, read by nobody else. */
  List<Node> elementwiseBefore(Value value) {
    List<Node> found = new ArrayList<>();
    Value at = value;
    while (privateProducer(at).filter(node -> node.op() instanceof Elementwise).isPresent()) {
      Node previous = privateProducer(at).orElseThrow();
      found.addFirst(previous);
      at = previous.operand(0);
    }
    return found;
  }

  static List<Elementwise> functions(List<Node> nodes) {
    return nodes.stream().map(node -> (Elementwise) node.op()).toList();
  }

  boolean isConstant(Value value) {
    return producer(value).filter(node -> node.op() instanceof Constant).isPresent();
  }

  /** Whether the transform {@code node} cuts its map into whole blocks, which fused kernels need. */
  static boolean hasWholeBlocks(Node node) {
    Domain.Frequency frequency =
        switch (node.op()) {
          case Dct _ -> node.type().frequency();
          case Idct _ -> node.operand(0).type().frequency();
          default -> throw new IllegalArgumentException(node + " is no transform");
        };
    return frequency.block().divides(node.type().shape().dim(2), node.type().shape().dim(3));
  }
}
