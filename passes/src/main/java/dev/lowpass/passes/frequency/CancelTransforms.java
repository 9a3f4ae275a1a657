package dev.lowpass.passes.frequency;

import dev.lowpass.ir.Value;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.graph.Node;
import dev.lowpass.ir.graph.Rewrite;
import dev.lowpass.ir.op.Dct;
import dev.lowpass.ir.op.Idct;
import dev.lowpass.passes.pass.GraphIndex;
import dev.lowpass.passes.pass.Pass;
import dev.lowpass.passes.pass.PassContext;
import java.util.List;
import java.util.Map;

/**
 * Removes a transform and its inverse that meet.
 *
 * <pre>{@code
 * %s = idct %a
 * %f = dct %s {block = 7x7, order = zigzag, keep = [10*16]}
 * %p = pointwise %f, %w
 * ; becomes
 * %p = pointwise %a, %w {block = 7x7, order = zigzag, keep = [10*16]}
 * }</pre>
 *
 * and {@code idct(dct(x))} becomes x. What a truncated dct cut off, its pointwise readers cut off from now on. Both are
 * exact.
 *
 * <p>Does not fire when
 * <ul>
 *   <li>the grids (block, coefficient order) differ;
 *   <li>blocks do not divide the map: the inverse crops it and the transform pads it anew, which gives other
 *       coefficients where something was truncated;
 *   <li>the dct is truncated and is a result or has a reader that is not a pointwise;
 *   <li>an inverse follows a truncated dct: together they are a low pass.
 * </ul>
 */
public final class CancelTransforms implements Pass {
  @Override
  public String name() {
    return "cancel-transforms";
  }

  @Override
  public String summary() {
    return "removes a dct of an idct, and an idct of a dct";
  }

  @Override
  public Rewrite rewrite(Graph graph, PassContext context) {
    GraphIndex index = new GraphIndex(graph);
    for (Node node : graph.nodes()) {
      Rewrite cancelled =
          node.op() instanceof Dct dct
              ? dctOfIdct(index, node, Grid.of(dct))
              : node.op() instanceof Idct ? idctOfDct(index, node) : Rewrite.none();
      if (!cancelled.isEmpty()) {
        return cancelled;
      }
    }
    return Rewrite.none();
  }

  private static Rewrite dctOfIdct(GraphIndex index, Node dct, Grid grid) {
    Node producer = index.producer(dct.operand(0)).orElse(dct);
    if (!(producer.op() instanceof Idct)) {
      return Rewrite.none();
    }
    Value coefficients = producer.operand(0);
    if (!grid.equals(Grid.of(coefficients.type().frequency())) || !grid.divides(coefficients.type())) {
      return Rewrite.none();
    }
    return Truncation.intoReaders(index, dct, coefficients)
        .map(readers -> new Rewrite(readers, Map.of(dct.name(), coefficients)))
        .orElse(Rewrite.none());
  }

  private static Rewrite idctOfDct(GraphIndex index, Node idct) {
    Node producer = index.producer(idct.operand(0)).orElse(idct);
    boolean whole = producer.op() instanceof Dct && Truncation.isWhole(producer.type().frequency());
    return whole ? Rewrite.replace(idct.result(), producer.operand(0), List.of()) : Rewrite.none();
  }
}
