package dev.lowpass.passes.channels;

import dev.lowpass.ir.Value;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.graph.Node;
import dev.lowpass.ir.op.Constant;
import dev.lowpass.passes.pass.GraphIndex;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Images that must have their channels in the same order, by union-find: a residual stream with all its additions, or
 * the wide side of a block from the rows of the expansion to the columns of the projection.
 */
final class ChannelGroups {
  private final GraphIndex index;
  private final Map<String, String> parents = new LinkedHashMap<>();
  private final Set<String> pinned = new LinkedHashSet<>();
  private final Set<String> fixed = new LinkedHashSet<>();

  ChannelGroups(Graph graph) {
    index = new GraphIndex(graph);
    graph.inputs().forEach(this::pin);
    graph.outputs().forEach(output -> pin(output.value()));
    for (Node node : graph.nodes()) {
      if (!(node.op() instanceof Constant)) {
        join(node);
      }
    }
    pinned.forEach(name -> fixed.add(root(name)));
  }

  /** The group of {@code value}, by the name of one of its members; nothing where its channels cannot move. */
  Optional<String> movable(Value value) {
    String root = root(value.name());
    return fixed.contains(root) ? Optional.empty() : Optional.of(root);
  }

  /** The image that a channel axis of {@code node} belongs to. */
  static Value image(Node node, ChannelAxes.Side side) {
    return switch (side) {
      case INPUT -> node.operand(0);
      case RESULT -> node.result();
    };
  }

  private void join(Node node) {
    Optional<ChannelAxes> axes = isImage(node.result()) ? ChannelAxes.of(node) : Optional.empty();
    if (axes.isEmpty()) {
      pin(node.result());
      node.operands().forEach(this::pin);
      return;
    }
    for (ChannelAxes.Axis axis : axes.get().axes()) {
      Value operand = node.operand(axis.operand());
      Value image = image(node, axis.side());
      if (isConstant(image)) {
        pin(image);
      }
      if (isConstant(operand)) {
        continue;
      }
      parents.put(root(operand.name()), root(image.name()));
      if (!isImage(operand) || axis.axis() != 1) {
        pin(operand);
      }
    }
  }

  private boolean isConstant(Value value) {
    return index.constant(value).isPresent();
  }

  private static boolean isImage(Value value) {
    return value.type().shape().rank() == 4;
  }

  private void pin(Value value) {
    pinned.add(value.name());
  }

  private String root(String name) {
    String root = name;
    for (String parent = parents.get(root); parent != null && !parent.equals(root); parent = parents.get(root)) {
      root = parent;
    }
    return root;
  }
}
