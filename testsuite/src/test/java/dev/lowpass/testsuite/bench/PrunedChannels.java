package dev.lowpass.testsuite.bench;

import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.graph.Node;
import dev.lowpass.ir.graph.Rewrite;
import dev.lowpass.ir.op.Clip;
import dev.lowpass.ir.op.Constant;
import dev.lowpass.ir.op.Depthwise;
import dev.lowpass.ir.op.Pointwise;
import dev.lowpass.ir.op.Relu;
import dev.lowpass.passes.pass.GraphIndex;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Magnitude pruning, the other way to make a network faster: of the channels between an expanding and a projecting layer
 * those with the smallest weights are left out.
 *
 * <p>Where a chain {@code pointwise -> activation -> depthwise -> activation -> pointwise} has no other reader on the
 * way, the channels stay whose row of the first product has the largest L1 norm, as a multiple of 8.
 */
final class PrunedChannels {
  private static final int MULTIPLE = 8;

  /** @param between from the layer behind {@code expand} to the one before {@code project} */
  private record Chain(Node expand, List<Node> between, Node project) {}

  private PrunedChannels() {}

  /** {@code graph}, canonical and spatial, with the part {@code keep} of the channels of each chain. */
  static Graph of(Graph graph, double keep) {
    Graph pruned = graph;
    for (Node node : graph.nodes()) {
      GraphIndex index = new GraphIndex(pruned);
      // The node as earlier chains have left it: it may be the last one of another.
      Optional<Chain> chain = index.producer(node.result()).flatMap(expand -> chainFrom(expand, index));
      if (chain.isPresent()) {
        pruned = pruned.apply(pruned(chain.get(), keep, index));
      }
    }
    return pruned;
  }

  private static Optional<Chain> chainFrom(Node expand, GraphIndex index) {
    if (!hasWeights(expand, index) || !(expand.op() instanceof Pointwise)) {
      return Optional.empty();
    }
    List<Node> between = new ArrayList<>();
    boolean deep = false;
    Node last = expand;
    while (index.isReadOnce(last.result())) {
      Node next = index.users(last.result()).getFirst();
      if (next.op() instanceof Pointwise && deep && hasWeights(next, index)) {
        return Optional.of(new Chain(expand, between, next));
      }
      boolean depthwise = next.op() instanceof Depthwise && !deep && hasWeights(next, index);
      if (!depthwise && !(next.op() instanceof Clip || next.op() instanceof Relu)) {
        return Optional.empty();
      }
      deep |= depthwise;
      between.add(next);
      last = next;
    }
    return Optional.empty();
  }

  private static boolean hasWeights(Node node, GraphIndex index) {
    List<Value> read = node.operands();
    return read.size() > 1 && read.subList(1, read.size()).stream().allMatch(value -> index.constant(value).isPresent());
  }

  private static Rewrite pruned(Chain chain, double keep, GraphIndex index) {
    int[] kept = kept(weights(chain.expand(), index), keep);
    List<Node> changed = new ArrayList<>();
    Node last = rows(chain.expand(), chain.expand().operand(0), kept, index, changed);
    for (Node node : chain.between()) {
      last = rows(node, last.result(), kept, index, changed);
    }
    Tensor columns = columns(weights(chain.project(), index), kept);
    List<Value> operands = new ArrayList<>(chain.project().operands());
    operands.set(0, last.result());
    operands.set(1, constant(chain.project(), columns, index, changed));
    changed.add(Node.of(chain.project().name(), chain.project().op(), operands, chain.project().location()));
    return Rewrite.redefine(changed);
  }

  private static Tensor weights(Node layer, GraphIndex index) {
    return index.constant(layer.operand(1)).orElseThrow();
  }

  /** The rows of {@code weights} with the largest norms, in their order. */
  private static int[] kept(Tensor weights, double keep) {
    int rows = weights.shape().dim(0);
    int columns = weights.shape().dim(1);
    float[] values = weights.floats();
    double[] norms = new double[rows];
    for (int i = 0; i < values.length; i++) {
      norms[i / columns] += Math.abs(values[i]);
    }
    long count = Math.min(Math.max(Math.round(keep * rows / MULTIPLE) * MULTIPLE, MULTIPLE), rows);
    return IntStream.range(0, rows)
        .boxed()
        .sorted(Comparator.comparingDouble(row -> -norms[row]))
        .limit(count)
        .sorted()
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /** {@code node} on {@code input}, with the rows {@code kept} of all its constants. */
  private static Node rows(Node node, Value input, int[] kept, GraphIndex index, List<Node> changed) {
    List<Value> operands = new ArrayList<>(List.of(input));
    for (Value operand : node.operands().subList(1, node.operands().size())) {
      operands.add(constant(node, rows(index.constant(operand).orElseThrow(), kept), index, changed));
    }
    Node pruned = Node.of(node.name(), node.op(), operands, node.location());
    changed.add(pruned);
    return pruned;
  }

  private static Tensor rows(Tensor whole, int[] kept) {
    Shape shape = whole.shape().with(0, kept.length);
    float[] values = whole.floats();
    int row = values.length / whole.shape().dim(0);
    float[] chosen = new float[kept.length * row];
    for (int i = 0; i < kept.length; i++) {
      System.arraycopy(values, kept[i] * row, chosen, i * row, row);
    }
    return Tensor.of(chosen, shape);
  }

  private static Tensor columns(Tensor whole, int[] kept) {
    int rows = whole.shape().dim(0);
    int columns = whole.shape().dim(1);
    float[] values = whole.floats();
    float[] chosen = new float[rows * kept.length];
    for (int i = 0; i < chosen.length; i++) {
      chosen[i] = values[i / kept.length * columns + kept[i % kept.length]];
    }
    return Tensor.of(chosen, rows, kept.length);
  }

  /** Under a name of its own: other nodes may read the whole constant. */
  private static Value constant(Node node, Tensor value, GraphIndex index, List<Node> changed) {
    String name = index.fresh(node.name() + ".pruned");
    changed.add(Node.of(name, new Constant(value), List.of(), node.location()));
    return changed.getLast().result();
  }
}
