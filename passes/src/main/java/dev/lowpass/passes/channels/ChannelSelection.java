package dev.lowpass.passes.channels;

import dev.lowpass.ir.Location;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.graph.Node;
import dev.lowpass.ir.graph.Rewrite;
import dev.lowpass.ir.op.ChannelUse;
import dev.lowpass.ir.op.Constant;
import dev.lowpass.passes.pass.GraphIndex;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Carries out that images keep some of their channels only: layers that make or read them get smaller weights. */
final class ChannelSelection {
  private final GraphIndex index;
  private final Map<String, List<Integer>> kept;
  private final Map<String, Value> changed = new LinkedHashMap<>();
  private final List<Node> nodes = new ArrayList<>();

  /**
   * @param kept by image the channels that stay, in ascending order. Whoever makes or reads such an image sums channels
   *     up, with constant weights, or keeps them apart; the latter's result is such an image too
   */
  ChannelSelection(GraphIndex index, Map<String, List<Integer>> kept) {
    this.index = index;
    this.kept = kept;
  }

  Rewrite rewrite() {
    for (Node node : index.graph().nodes()) {
      boolean reads = !node.operands().isEmpty() && kept.containsKey(node.operand(0).name());
      if (reads || kept.containsKey(node.name())) {
        Node smaller = Node.of(node.name(), node.op(), operands(node), node.location());
        changed.put(node.name(), smaller.result());
        nodes.add(smaller);
      }
    }
    return Rewrite.redefine(nodes);
  }

  private List<Value> operands(Node node) {
    Optional<List<Integer>> inputs = Optional.ofNullable(kept.get(node.operand(0).name()));
    Optional<List<Integer>> outputs = Optional.ofNullable(kept.get(node.name()));
    List<Value> operands = new ArrayList<>();
    for (Value operand : node.operands()) {
      boolean weighs = operands.size() == 1 && node.channels() == ChannelUse.SUMMED;
      operands.add(
          operands.isEmpty()
              ? changed.getOrDefault(operand.name(), operand)
              : parameter(operand, outputs, weighs ? inputs : Optional.empty()));
    }
    return operands;
  }

  /** Rows and columns of a constant: along axis 0 what is kept of a result, along axis 1 what is kept of an input. */
  private Value parameter(Value present, Optional<List<Integer>> rows, Optional<List<Integer>> columns) {
    Tensor tensor = index.constant(present).orElseThrow();
    if (rows.isPresent()) {
      tensor = taken(tensor, 0, rows.get());
    }
    if (columns.isPresent()) {
      tensor = taken(tensor, 1, columns.get());
    }
    if (tensor.shape().equals(present.type().shape())) {
      return present;
    }
    String name = present.name().endsWith(".live") ? present.name() : present.name() + ".live";
    Location location = index.producer(present).orElseThrow().location();
    Node node = Node.of(index.fresh(name), new Constant(tensor), List.of(), location);
    nodes.add(node);
    return node.result();
  }

  /** The slices {@code places} of {@code tensor} along {@code axis}. */
  static Tensor taken(Tensor tensor, int axis, List<Integer> places) {
    Shape shape = tensor.shape();
    Shape smaller = shape.with(axis, places.size());
    int inner = (int) new Shape(shape.dims().subList(axis + 1, shape.rank())).elements();
    float[] from = tensor.floats();
    float[] to = new float[(int) smaller.elements()];
    for (int slice = 0; slice < to.length / inner; slice++) {
      int source = slice / places.size() * shape.dim(axis) + places.get(slice % places.size());
      System.arraycopy(from, source * inner, to, slice * inner, inner);
    }
    return Tensor.of(to, smaller);
  }
}
