package dev.lowpass.passes.frequency;

import dev.lowpass.ir.Value;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.graph.Node;
import dev.lowpass.ir.graph.Rewrite;
import dev.lowpass.ir.op.CoefficientUse;
import dev.lowpass.ir.op.Dct;
import dev.lowpass.ir.op.Idct;
import dev.lowpass.ir.op.Pointwise;
import dev.lowpass.passes.pass.GraphIndex;
import dev.lowpass.passes.pass.Pass;
import dev.lowpass.passes.pass.PassContext;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Moves transforms through nodes that commute with them, inverses down and transforms up, so that they meet and cancel:
 * through residual additions, bias, scales of one factor a channel, concatenation and slicing of channels.
 *
 * <pre>{@code
 * %s = idct %p
 * %t = idct %q
 * %r = add %s, %t
 * ; becomes
 * %r      = add %p, %q
 * %r.idct = idct %r
 * }</pre>
 *
 * <p>A node goes to the frequency domain with all its operands, each of which then comes from under its idct, or
 * through a dct that is there already or new; its dct readers read it as it is, the others through an idct. What it
 * pays is counted in transformed channels, transforms that fall out of use or cancel against those that are new ({@link
 * Passage}). It goes when that count falls, or when it stays and no coefficients are afterwards needed in both domains.
 * Every move takes one node out of the spatial domain for good, so moves come to an end and never add a transformed
 * channel.
 *
 * <p>A global average pooling of an idct, or of a value that has a dct anyway, reads the DC coefficients instead.
 *
 * <p>Does not fire when
 * <ul>
 *   <li>the node does not commute: activations, depthwise, pooling of windows;
 *   <li>more channels would be transformed after than before;
 *   <li>as many would be, and the node is a pointwise (a choice for the cost decision) or an idct above it has other
 *       readers;
 *   <li>the node is a pointwise whose bands still wait for {@link WrapPointwise}: they would take effect;
 *   <li>the idcts above it lie on different grids, unless going through a new transform pays;
 *   <li>blocks do not divide the map and a dct would have to vanish, or DC would have to be the mean.
 * </ul>
 */
public final class MoveTransforms implements Pass {
  @Override
  public String name() {
    return "move-transforms";
  }

  @Override
  public String summary() {
    return "moves idct down and dct up through nodes that commute with them";
  }

  @Override
  public Rewrite rewrite(Graph graph, PassContext context) {
    GraphIndex index = new GraphIndex(graph);
    for (Node node : graph.nodes()) {
      Rewrite move =
          switch (node.coefficients()) {
            case CoefficientUse.Commutes(List<Integer> operands) -> move(index, node, operands);
            case CoefficientUse.Dc _ -> readDc(index, node);
            case CoefficientUse.None _ -> Rewrite.none();
          };
      if (!move.isEmpty()) {
        return move;
      }
    }
    return Rewrite.none();
  }

  private static Rewrite readDc(GraphIndex index, Node pooling) {
    return coefficients(index, pooling.operand(0))
        .filter(value -> Grid.of(value.type().frequency()).divides(value.type()))
        .map(value -> Node.of(pooling.name(), pooling.op(), List.of(value), pooling.location()))
        .map(node -> Rewrite.redefine(List.of(node)))
        .orElse(Rewrite.none());
  }

  /** Coefficients of {@code image} that there are already: those that it was made from, or that another node needs. */
  private static Optional<Value> coefficients(GraphIndex index, Value image) {
    Optional<Value> above =
        index.producer(image).filter(producer -> producer.op() instanceof Idct).map(producer -> producer.operand(0));
    return above.or(
        () ->
            index.users(image).stream()
                .filter(user -> user.op() instanceof Dct && Truncation.isWhole(user.type().frequency()))
                .map(Node::result)
                .findFirst());
  }

  private static Rewrite move(GraphIndex index, Node node, List<Integer> commuting) {
    if (!mayPass(node)) {
      return Rewrite.none();
    }
    for (Grid grid : grids(index, node, commuting)) {
      Passage passage = new Passage(index, node, commuting, grid);
      if (passage.pays()) {
        return passage.rewrite();
      }
    }
    return Rewrite.none();
  }

  private static boolean mayPass(Node node) {
    boolean waits = node.op() instanceof Pointwise pointwise && pointwise.limit().isPresent();
    return node.type().isSpatial() && !waits;
  }

  /** The grids of transforms next to {@code node}: those above it first. */
  private static Set<Grid> grids(GraphIndex index, Node node, List<Integer> commuting) {
    Set<Grid> grids = new LinkedHashSet<>();
    for (int operand : commuting) {
      index.producer(node.operand(operand))
          .filter(producer -> producer.op() instanceof Idct)
          .ifPresent(idct -> grids.add(Grid.of(idct.operand(0).type().frequency())));
    }
    for (Node reader : index.users(node.result())) {
      if (reader.op() instanceof Dct dct) {
        grids.add(Grid.of(dct));
      }
    }
    return grids;
  }
}
