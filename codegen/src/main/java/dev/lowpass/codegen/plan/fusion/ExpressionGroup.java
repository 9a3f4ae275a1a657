package dev.lowpass.codegen.plan.fusion;

import dev.lowpass.ir.Value;
import dev.lowpass.ir.graph.Node;
import dev.lowpass.ir.op.Scalar;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Functions of the elements at one place that lead to one result: only it goes to memory.
 *
 * @param nodes in the order of the graph; the last one makes the result
 */
public record ExpressionGroup(List<Node> nodes) implements Group {
  /** A kernel's code is written out, so that it must end somewhere; the next one goes on from memory. */
  private static final int MOST_NODES = 48;

  public ExpressionGroup {
    nodes = List.copyOf(nodes);
  }

  /** Whether {@code node} can be part of such a group: all that it reads and makes are samples. */
  static boolean takes(Node node) {
    return node.op() instanceof Scalar
        && node.type().isSpatial()
        && node.operands().stream().allMatch(operand -> operand.type().isSpatial());
  }

  /**
   * The group whose result is that of {@code last}. What leads there belongs to it where nothing else reads it, and
   * where it has the result's shape: a smaller operand would be computed again for every element.
   */
  static ExpressionGroup endingAt(Chain chain, Node last, Predicate<Node> isFree) {
    List<Node> found = new ArrayList<>();
    Set<String> names = new HashSet<>();
    Deque<Node> open = new ArrayDeque<>(List.of(last));
    names.add(last.name());
    while (!open.isEmpty()) {
      Node node = open.removeFirst();
      found.addFirst(node);
      for (Value operand : node.operands()) {
        chain
            .producer(operand)
            .filter(producer -> names.size() < MOST_NODES && !names.contains(producer.name()))
            .filter(producer -> takes(producer) && isFree.test(producer))
            .filter(producer -> producer.type().shape().equals(last.type().shape()))
            .filter(producer -> chain.isReadBy(producer.result(), names))
            .ifPresent(
                producer -> {
                  names.add(producer.name());
                  open.addLast(producer);
                });
      }
    }
    return new ExpressionGroup(chain.inOrder(found));
  }
}
