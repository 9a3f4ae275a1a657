package dev.lowpass.passes.frequency;

import dev.lowpass.ir.BandLimit;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.graph.Node;
import dev.lowpass.ir.graph.Rewrite;
import dev.lowpass.ir.op.Idct;
import dev.lowpass.ir.op.Pointwise;
import dev.lowpass.passes.pass.GraphIndex;
import dev.lowpass.passes.pass.Pass;
import dev.lowpass.passes.pass.PassContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Carries out the bands of a pointwise layer: computes it on coefficients, between a transform and its inverse. This is
 * the pass that changes numbers; with full bands it changes none.
 *
 * <pre>{@code
 * %p = pointwise %x, %w {block = 7x7, order = zigzag, keep = [49*8, 20*8]}
 * ; becomes
 * %p.dct  = dct %x {block = 7x7, order = zigzag}
 * %p      = pointwise %p.dct, %w {block = 7x7, order = zigzag, keep = [49*8, 20*8]}
 * %p.idct = idct %p
 * }</pre>
 *
 * <p>The transform is not truncated yet: a whole one can still cancel or be shared, and {@link TruncateTransforms}
 * comes last.
 *
 * <p>Does not fire when
 * <ul>
 *   <li>the pointwise has no limit;
 *   <li>it reads coefficients already.
 * </ul>
 */
public final class WrapPointwise implements Pass {
  @Override
  public String name() {
    return "wrap-pointwise";
  }

  @Override
  public String summary() {
    return "computes every pointwise layer that has bands between a dct and an idct";
  }

  @Override
  public Rewrite rewrite(Graph graph, PassContext context) {
    GraphIndex index = new GraphIndex(graph);
    List<Node> nodes = new ArrayList<>();
    Map<String, Value> replaced = new LinkedHashMap<>();
    for (Node node : graph.nodes()) {
      if (node.op() instanceof Pointwise pointwise && pointwise.limit().isPresent() && node.type().isSpatial()) {
        // The input may be a layer that was wrapped just now.
        Value input = replaced.getOrDefault(node.operand(0).name(), node.operand(0));
        List<Node> wrapped = wrap(node, input, pointwise.limit().get(), index);
        nodes.addAll(wrapped);
        replaced.put(node.name(), wrapped.getLast().result());
      }
    }
    return new Rewrite(nodes, replaced);
  }

  private static List<Node> wrap(Node node, Value input, BandLimit limit, GraphIndex index) {
    Grid grid = Grid.of(limit);
    Node dct = Node.of(index.fresh(node.name() + ".dct"), grid.dct(), List.of(input), node.location());
    List<Value> operands = new ArrayList<>(node.operands());
    operands.set(0, dct.result());
    Node inside = Node.of(node.name(), node.op(), operands, node.location());
    Node idct = Node.of(index.fresh(node.name() + ".idct"), new Idct(), List.of(inside.result()), node.location());
    return List.of(dct, inside, idct);
  }
}
