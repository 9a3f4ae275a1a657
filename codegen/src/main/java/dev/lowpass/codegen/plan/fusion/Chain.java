package dev.lowpass.codegen.plan.fusion;

import dev.lowpass.ir.Domain;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.graph.Node;
import dev.lowpass.ir.op.ArgReduce;
import dev.lowpass.ir.op.AveragePool;
import dev.lowpass.ir.op.BatchNormalization;
import dev.lowpass.ir.op.Binary;
import dev.lowpass.ir.op.BlockTransform;
import dev.lowpass.ir.op.ChannelGather;
import dev.lowpass.ir.op.Concat;
import dev.lowpass.ir.op.Constant;
import dev.lowpass.ir.op.Dct;
import dev.lowpass.ir.op.Elementwise;
import dev.lowpass.ir.op.GlobalAveragePool;
import dev.lowpass.ir.op.Idct;
import dev.lowpass.ir.op.Layer;
import dev.lowpass.ir.op.MatrixProduct;
import dev.lowpass.ir.op.MaxPool;
import dev.lowpass.ir.op.Op;
import dev.lowpass.ir.op.Opaque;
import dev.lowpass.ir.op.Pointwise;
import dev.lowpass.ir.op.Rearrangement;
import dev.lowpass.ir.op.Reshape;
import dev.lowpass.ir.op.Resize;
import dev.lowpass.ir.op.Slice;
import dev.lowpass.ir.op.Softmax;
import dev.lowpass.passes.pass.GraphIndex;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What stands before and behind a value, and who alone reads it: what lowering asks of a graph. */
public final class Chain {
  private final GraphIndex index;

  /** Where each node stands in the graph. */
  private final Map<String, Integer> places = new HashMap<>();

  public Chain(Graph graph) {
    this.index = new GraphIndex(graph);
    graph.nodes().forEach(node -> places.put(node.name(), places.size()));
  }

  public Optional<Tensor> constant(Value value) {
    return index.constant(value);
  }

  /** The node that computes {@code value}; none for an input. */
  Optional<Node> producer(Value value) {
    return index.producer(value);
  }

  /** Whether {@code value} is no output and nobody but the nodes of these names reads it. */
  boolean isReadBy(Value value, Set<String> names) {
    return !index.isOutput(value) && index.users(value).stream().map(Node::name).allMatch(names::contains);
  }

  /** The same nodes in the order of the graph. */
  List<Node> inOrder(List<Node> nodes) {
    return nodes.stream().sorted(Comparator.comparingInt(node -> places.get(node.name()))).toList();
  }

  boolean isConstant(Value value) {
    return constant(value).isPresent();
  }

  /** The only node that reads {@code value}, if the value is no output of the graph either. */
  Optional<Node> onlyUser(Value value) {
    return index.isReadOnce(value) ? Optional.of(index.users(value).getFirst()) : Optional.empty();
  }

  /** The node that computes {@code value} if nobody but one node reads it. */
  Optional<Node> privateProducer(Value value) {
    return index.producer(value).filter(_ -> index.isReadOnce(value));
  }

  /** Whether somebody reads {@code value} row-major and nobody in slabs. */
  public boolean isReadInRows(Value value) {
    List<Taste> tastes = index.users(value).stream().map(user -> taste(user.op())).toList();
    return tastes.isEmpty() || tastes.contains(Taste.ROWS) && !tastes.contains(Taste.SLABS);
  }

  /** How an operator's kernel reads images. */
  private enum Taste {
    ROWS,
    SLABS,
    EITHER
  }

  private static Taste taste(Op op) {
    return switch (op) {
      case ArgReduce(_, int axis, _) when axis == 1 -> Taste.EITHER;
      case Reshape _, Softmax _, MatrixProduct _, Opaque _ -> Taste.ROWS;
      case Layer _, BlockTransform _, GlobalAveragePool _, AveragePool _, MaxPool _, Resize _ -> Taste.SLABS;
      case Elementwise _, Binary _, BatchNormalization _, Rearrangement _, Constant _ -> Taste.EITHER;
    };
  }

  /** Whether only products read {@code value}, and each a falling staircase: they read no further than its bands. */
  public boolean readByProductsOnly(Value value) {
    return !index.isOutput(value)
        && index.users(value).stream()
            .allMatch(node -> node.op() instanceof Pointwise product && product.reads(value.type()).isSorted());
  }

  /** Whether a function makes zeros of many samples, or they are the means of such: zero where a channel is not found. */
  public boolean hasZeros(Value value) {
    return index.producer(value).filter(this::makesZeros).isPresent();
  }

  private boolean makesZeros(Node node) {
    return switch (node.op()) {
      case Elementwise function -> function.leavesZeros();
      case GlobalAveragePool _, AveragePool _ -> hasZeros(node.operand(0));
      case Concat _, ChannelGather _, Slice _ -> node.operands().stream().allMatch(this::hasZeros);
      case MaxPool _, Layer _, MatrixProduct _, BlockTransform _, Binary _, BatchNormalization _, Resize _, Softmax _,
              Rearrangement _, Opaque _, Constant _ ->
          false;
    };
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

  /** Whether {@code transform}, which is what {@code node} does, has whole blocks only, which fused kernels need. */
  static boolean hasWholeBlocks(BlockTransform transform, Node node) {
    Domain.Frequency frequency =
        switch (transform) {
          case Dct _ -> node.type().frequency();
          case Idct _ -> node.operand(0).type().frequency();
        };
    return frequency.block().divides(node.type().shape().dim(2), node.type().shape().dim(3));
  }
}
