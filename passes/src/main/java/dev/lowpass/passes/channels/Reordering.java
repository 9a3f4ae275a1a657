package dev.lowpass.passes.channels;

import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.graph.Node;
import dev.lowpass.ir.graph.Rewrite;
import dev.lowpass.ir.op.Constant;
import dev.lowpass.ir.op.Op;
import dev.lowpass.ir.op.Truncating;
import dev.lowpass.passes.pass.GraphIndex;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Carries out new channel orders of whole groups: constants permuted along the axes that count the channels, thresholds
 * with them.
 */
final class Reordering {
  /** What a constant becomes: for each axis the group whose order it takes, if any. */
  private record Permuted(String constant, Map<Integer, String> groups) {}

  private final Graph graph;
  private final GraphIndex index;
  private final ChannelGroups groups;
  private final Map<String, List<Integer>> orders;
  private final Map<Permuted, Value> constants = new LinkedHashMap<>();
  private final List<Node> nodes = new ArrayList<>();

  /** @param orders by group: the present place of the channel that comes to each place */
  Reordering(Graph graph, ChannelGroups groups, Map<String, List<Integer>> orders) {
    this.graph = graph;
    this.index = new GraphIndex(graph);
    this.groups = groups;
    this.orders = orders;
  }

  Rewrite rewrite() {
    for (Node node : graph.nodes()) {
      if (group(node.result()).isPresent() || node.operands().stream().limit(1).anyMatch(x -> group(x).isPresent())) {
        reorder(node);
      }
    }
    return Rewrite.redefine(nodes);
  }

  private Optional<String> group(Value image) {
    return groups.movable(image).filter(orders::containsKey);
  }

  private void reorder(Node node) {
    List<Value> operands = new ArrayList<>(node.operands());
    for (int operand = 0; operand < operands.size(); operand++) {
      if (index.constant(operands.get(operand)).isPresent()) {
        operands.set(operand, constant(node, operand));
      }
    }
    Op op = reordered(node);
    if (!op.equals(node.op()) || !operands.equals(node.operands())) {
      nodes.add(Node.of(node.name(), op, operands, node.location()));
    }
  }

  private Op reordered(Node node) {
    Optional<List<Integer>> order = group(node.operand(0)).map(orders::get);
    if (order.isPresent() && node.op() instanceof Truncating truncating && truncating.keep().isPresent()) {
      return truncating.withKeep(truncating.keep().get().permuted(order.get()));
    }
    return node.op();
  }

  private Value constant(Node node, int operand) {
    Map<Integer, String> axes = new LinkedHashMap<>();
    for (ChannelAxes.Axis axis : ChannelAxes.of(node).orElseThrow().axes()) {
      if (axis.operand() == operand) {
        group(ChannelGroups.image(node, axis.side())).ifPresent(group -> axes.put(axis.axis(), group));
      }
    }
    Value present = node.operand(operand);
    return axes.isEmpty() ? present : constants.computeIfAbsent(new Permuted(present.name(), axes), this::permute);
  }

  private Value permute(Permuted wanted) {
    Node present = graph.producers().get(wanted.constant());
    Tensor tensor = ((Constant) present.op()).value();
    for (Map.Entry<Integer, String> axis : wanted.groups().entrySet()) {
      tensor = permuted(tensor, axis.getKey(), orders.get(axis.getValue()));
    }
    Node node = Node.of(index.fresh(ordered(present.name())), new Constant(tensor), List.of(), present.location());
    nodes.add(node);
    return node.result();
  }

  /** A constant that is ordered again is still only ordered. */
  private static String ordered(String name) {
    return name.endsWith(".ordered") ? name : name + ".ordered";
  }

  /** {@code tensor} with slice {@code order[i]} along {@code axis} moved to place i. */
  private static Tensor permuted(Tensor tensor, int axis, List<Integer> order) {
    Shape shape = tensor.shape();
    int inner = (int) new Shape(shape.dims().subList(axis + 1, shape.rank())).elements();
    int slices = shape.dim(axis);
    float[] from = tensor.floats();
    float[] to = new float[from.length];
    for (int place = 0; place < from.length / inner; place++) {
      int outer = place / slices;
      int source = outer * slices + order.get(place % slices);
      System.arraycopy(from, source * inner, to, place * inner, inner);
    }
    return Tensor.of(to, shape);
  }
}
