package dev.lowpass.passes.canonical;

import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.graph.Node;
import dev.lowpass.ir.graph.Rewrite;
import dev.lowpass.ir.op.Op;
import dev.lowpass.ir.op.Rearrangement;
import dev.lowpass.ir.op.Reshape;
import dev.lowpass.ir.op.Transpose;
import dev.lowpass.passes.pass.GraphIndex;
import dev.lowpass.passes.pass.NodePass;
import dev.lowpass.passes.pass.PassContext;
import java.util.List;
import java.util.Optional;

/**
 * Drops data movement that moves nothing, and makes one movement of two.
 *
 * <pre>
 * reshape to the same shape, identity transpose, pad by 0, slice of all, concat of one     =>   its operand
 * reshape of reshape, transpose of transpose, pad of pad with one value                    =>   one of them
 * transpose that moves axes of extent 1 only                                               =>   reshape
 * </pre>
 *
 * Does not fire when
 * <ul>
 *   <li>two movements are of different kinds: a transpose between two reshapes stays;
 *   <li>two pads write different values;
 *   <li>a slice leaves something out or turns an axis around.
 * </ul>
 */
public record SimplifyMovement() implements NodePass {
  @Override
  public String name() {
    return "simplify-movement";
  }

  @Override
  public String summary() {
    return "drops data movement that moves nothing and joins movements of one kind";
  }

  @Override
  public Rewrite rewriteAt(Node node, GraphIndex index, PassContext context) {
    if (node.operands().size() != 1 || !(node.op() instanceof Rearrangement rearrangement)) {
      return Rewrite.none();
    }
    Value input = node.operand(0);
    if (rearrangement.movesNothing(input.type())) {
      return Rewrite.replace(node.result(), input, List.of());
    }
    if (rearrangement instanceof Transpose transpose && keepsElementOrder(transpose, input.type().shape())) {
      return redefine(node, new Reshape(node.type().shape()), input);
    }
    return index
        .producer(input)
        .flatMap(earlier -> joined(earlier, rearrangement).map(op -> redefine(node, op, earlier.operand(0))))
        .orElse(Rewrite.none());
  }

  private static Optional<Rearrangement> joined(Node earlier, Rearrangement later) {
    return earlier.op() instanceof Rearrangement first ? later.after(first) : Optional.empty();
  }

  private static Rewrite redefine(Node node, Op op, Value input) {
    return Rewrite.redefine(List.of(Node.of(node.name(), op, List.of(input), node.location())));
  }

  /** Whether axes of more than one element stay in order, so that elements do. */
  private static boolean keepsElementOrder(Transpose transpose, Shape input) {
    List<Integer> axes = transpose.permutation().stream().filter(axis -> input.dim(axis) > 1).toList();
    return axes.equals(axes.stream().sorted().toList());
  }
}
