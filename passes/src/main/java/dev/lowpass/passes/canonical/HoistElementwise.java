package dev.lowpass.passes.canonical;

import dev.lowpass.ir.Value;
import dev.lowpass.ir.graph.Node;
import dev.lowpass.ir.graph.Rewrite;
import dev.lowpass.ir.op.Binary;
import dev.lowpass.ir.op.ChannelGather;
import dev.lowpass.ir.op.Concat;
import dev.lowpass.ir.op.Elementwise;
import dev.lowpass.ir.op.Layer;
import dev.lowpass.ir.op.Reshape;
import dev.lowpass.ir.op.Transpose;
import dev.lowpass.passes.pass.GraphIndex;
import dev.lowpass.passes.pass.NodePass;
import dev.lowpass.passes.pass.PassContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Moves functions of elements before movement of data: next to the layer that makes their operand, which computes
 * them with it, while the movement meets its inverse.
 *
 * <pre>
 * %t = transpose %p {permutation = [0, 2, 3, 1]}        %y.early = gelu %p
 * %y = gelu %t                                     =>   %y = transpose %y.early {permutation = [0, 2, 3, 1]}
 * </pre>
 *
 * Parts that are joined, and channels that are gathered, are such movement too.
 *
 * <p>Does not fire when
 * <ul>
 *   <li>something else reads the movement's result;
 *   <li>channels are gathered out of more;
 *   <li>no layer makes any of the parts that are joined.
 * </ul>
 */
public record HoistElementwise() implements NodePass {
  @Override
  public String name() {
    return "hoist-elementwise";
  }

  @Override
  public String summary() {
    return "moves functions of elements before movement of data";
  }

  @Override
  public Rewrite rewriteAt(Node node, GraphIndex index, PassContext context) {
    if (!(node.op() instanceof Elementwise function) || !index.isReadOnce(node.operand(0))) {
      return Rewrite.none();
    }
    Optional<Node> movement = index.producer(node.operand(0)).filter(made -> isMovement(made, index));
    if (movement.isEmpty()) {
      return Rewrite.none();
    }
    Node moved = movement.get();
    List<Node> nodes = new ArrayList<>();
    List<Value> parts = new ArrayList<>();
    for (Value operand : moved.operands()) {
      String suffix = moved.operands().size() == 1 ? ".early" : ".early" + parts.size();
      Node early = Node.of(index.fresh(node.name() + suffix), function, List.of(operand), node.location());
      nodes.add(early);
      parts.add(early.result());
    }
    nodes.add(Node.of(node.name(), moved.op(), parts, moved.location()));
    return Rewrite.redefine(nodes);
  }

  private static boolean isMovement(Node moved, GraphIndex index) {
    if (moved.op() instanceof ChannelGather gather) {
      return gather.channels().size() >= moved.operands().stream().mapToInt(image -> image.type().shape().dim(1)).sum();
    }
    return moved.op() instanceof Transpose
        || moved.op() instanceof Reshape
        || moved.op() instanceof Concat && moved.operands().stream().anyMatch(part -> isOfALayer(part, index));
  }

  /** Whether a layer computes {@code part}, or the sum that it is, with what follows. */
  private static boolean isOfALayer(Value part, GraphIndex index) {
    Optional<Node> made = index.producer(part).filter(_ -> index.isReadOnce(part));
    boolean sum = made.filter(node -> node.op().equals(new Binary(Binary.Kind.ADD))).isPresent();
    return made.filter(node -> node.op() instanceof Layer).isPresent()
        || sum && made.orElseThrow().operands().stream().anyMatch(operand -> isOfALayer(operand, index));
  }
}
