package dev.lowpass.passes.frequency;

import dev.lowpass.ir.Bands;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.graph.Node;
import dev.lowpass.ir.graph.Rewrite;
import dev.lowpass.ir.op.Dct;
import dev.lowpass.ir.op.Idct;
import dev.lowpass.passes.pass.GraphIndex;
import dev.lowpass.passes.pass.Pass;
import dev.lowpass.passes.pass.PassContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Lets readers of one value on one grid share its transform, and its inverse transform.
 *
 * <pre>{@code
 * %f = dct %x {block = 7x7, order = zigzag, keep = [10*16]}
 * %g = dct %x {block = 7x7, order = zigzag, keep = [20*16]}
 * %p = pointwise %f, %v
 * %q = pointwise %g, %w
 * ; becomes
 * %f = dct %x {block = 7x7, order = zigzag, keep = [20*16]}
 * %p = pointwise %f, %v {block = 7x7, order = zigzag, keep = [10*16]}
 * %q = pointwise %f, %w
 * }</pre>
 *
 * <p>Does not fire when
 * <ul>
 *   <li>the grids differ;
 *   <li>one transform keeps less than the other and is a result or has a reader that is not a pointwise.
 * </ul>
 */
public final class ShareTransforms implements Pass {
  /** What makes two transforms the same but for what they keep; no grid for an inverse, whose operand has it. */
  private record Key(String operand, Optional<Grid> grid) {}

  @Override
  public String name() {
    return "share-transforms";
  }

  @Override
  public String summary() {
    return "computes a transform that several nodes need once";
  }

  @Override
  public Rewrite rewrite(Graph graph, PassContext context) {
    GraphIndex index = new GraphIndex(graph);
    Map<Key, List<Node>> seen = new LinkedHashMap<>();
    for (Node node : graph.nodes()) {
      Optional<Key> key = key(node);
      if (key.isEmpty()) {
        continue;
      }
      List<Node> same = seen.computeIfAbsent(key.get(), ignored -> new ArrayList<>());
      for (Node first : same) {
        Rewrite shared =
            node.op() instanceof Idct
                ? Rewrite.replace(node.result(), first.result(), List.of())
                : share(index, first, node);
        if (!shared.isEmpty()) {
          return shared;
        }
      }
      same.add(node);
    }
    return Rewrite.none();
  }

  private static Optional<Key> key(Node node) {
    if (node.op() instanceof Dct dct) {
      return Optional.of(new Key(node.operand(0).name(), Optional.of(Grid.of(dct))));
    }
    return node.op() instanceof Idct
        ? Optional.of(new Key(node.operand(0).name(), Optional.empty()))
        : Optional.empty();
  }

  private static Rewrite share(GraphIndex index, Node first, Node second) {
    Bands union = Bands.union(first.type().frequency().bands(), second.type().frequency().bands());
    Dct keeping = Truncation.keeping((Dct) first.op(), union);
    Node shared = Node.of(first.name(), keeping, first.operands(), first.location());
    Optional<List<Node>> readersOfFirst = Truncation.intoReaders(index, first, shared.result());
    Optional<List<Node>> readersOfSecond = Truncation.intoReaders(index, second, shared.result());
    if (readersOfFirst.isEmpty() || readersOfSecond.isEmpty()) {
      return Rewrite.none();
    }
    List<Node> nodes = new ArrayList<>(List.of(shared));
    nodes.addAll(readersOfFirst.get());
    nodes.addAll(readersOfSecond.get());
    return new Rewrite(nodes, Map.of(second.name(), shared.result()));
  }
}
