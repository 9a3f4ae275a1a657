package dev.lowpass.passes.canonical;

import dev.lowpass.ir.graph.Node;
import dev.lowpass.ir.graph.Rewrite;
import dev.lowpass.ir.op.Elementwise;
import dev.lowpass.ir.op.Op;
import dev.lowpass.ir.op.Reshape;
import dev.lowpass.ir.op.Transpose;
import dev.lowpass.passes.pass.GraphIndex;
import dev.lowpass.passes.pass.NodePass;
import dev.lowpass.passes.pass.PassContext;
import java.util.List;
import java.util.Optional;

/**
 * Moves functions of elements before transposes and reshapes: next to the layer that makes their operand, which computes
 * them with it, while the movement meets its inverse.
 *
 * <pre>
 * %t = transpose %p {permutation = [0, 2, 3, 1]}        %y.early = gelu %p
 * %y = gelu %t                                     =>   %y = transpose %y.early {permutation = [0, 2, 3, 1]}
 * </pre>
 *
 * Does not fire when something else reads the movement's result.
 */
public record HoistElementwise() implements NodePass {
  @Override
  public String name() {
    return "hoist-elementwise";
  }

  @Override
  public String summary() {
    return "moves functions of elements before transposes and reshapes";
  }

  @Override
  public Rewrite rewriteAt(Node node, GraphIndex index, PassContext context) {
    if (!(node.op() instanceof Elementwise function) || !index.isReadOnce(node.operand(0))) {
      return Rewrite.none();
    }
    Optional<Node> movement = index.producer(node.operand(0)).filter(made -> isMovement(made.op()));
    if (movement.isEmpty()) {
      return Rewrite.none();
    }
    Node moved = movement.get();
    Node early = Node.of(node.name() + ".early", function, List.of(moved.operand(0)), node.location());
    Node late = Node.of(node.name(), moved.op(), List.of(early.result()), moved.location());
    return Rewrite.redefine(List.of(early, late));
  }

  private static boolean isMovement(Op op) {
    return op instanceof Transpose || op instanceof Reshape;
  }
}
