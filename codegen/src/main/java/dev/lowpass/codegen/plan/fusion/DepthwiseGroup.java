package dev.lowpass.codegen.plan.fusion;

import dev.lowpass.ir.Value;
import dev.lowpass.ir.graph.Node;
import dev.lowpass.ir.op.Dct;
import dev.lowpass.ir.op.Idct;
import dev.lowpass.ir.op.Pointwise;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A depthwise node with the expansion and the transforms around it; see {@link
 * dev.lowpass.codegen.plan.step.DepthwiseStep}.
 *
 * @param before functions between what makes the map and the depthwise node
 * @param after functions behind the depthwise node
 */
public record DepthwiseGroup(
    Optional<Node> expansion,
    Optional<Node> inverse,
    List<Node> before,
    Node depthwise,
    List<Node> after,
    Optional<Node> forward)
    implements Group {
  public DepthwiseGroup {
    before = List.copyOf(before);
    after = List.copyOf(after);
  }

  /** A depthwise node and functions of its result alone. */
  static DepthwiseGroup alone(Chain chain, Node depthwise) {
    List<Node> after = chain.elementwiseAfter(depthwise.result());
    return new DepthwiseGroup(Optional.empty(), Optional.empty(), List.of(), depthwise, after, Optional.empty());
  }

  static DepthwiseGroup around(Chain chain, Node depthwise, Predicate<Node> isFree) {
    Value input = depthwise.operand(0);
    List<Node> before = chain.elementwiseBefore(input);
    Value start = before.isEmpty() ? input : before.getFirst().operand(0);
    Optional<Node> inverse =
        chain.privateProducer(start).filter(node -> node.op() instanceof Idct idct && Chain.hasWholeBlocks(idct, node));
    Value linear = inverse.map(node -> node.operand(0)).orElse(start);
    Optional<Node> expansion =
        chain
            .privateProducer(linear)
            .filter(node -> node.op() instanceof Pointwise && spatialOrInverted(node, inverse) && isFree.test(node));
    // Without either, what computes the input applies the functions in its own epilogue.
    boolean makesMap = inverse.isPresent() || expansion.isPresent();
    List<Node> after = chain.elementwiseAfter(depthwise.result());
    Value result = after.isEmpty() ? depthwise.result() : after.getLast().result();
    Optional<Node> forward =
        chain.onlyUser(result).filter(node -> node.op() instanceof Dct dct && Chain.hasWholeBlocks(dct, node));
    return new DepthwiseGroup(expansion, inverse, makesMap ? before : List.of(), depthwise, after, forward);
  }

  private static boolean spatialOrInverted(Node pointwise, Optional<Node> inverse) {
    return pointwise.operand(0).type().isSpatial() == inverse.isEmpty();
  }

  /** What the kernel reads. */
  public Value input() {
    return expansion.or(() -> inverse).orElse(depthwise).operand(0);
  }

  @Override
  public List<Node> nodes() {
    List<Node> nodes = new ArrayList<>();
    expansion.ifPresent(nodes::add);
    inverse.ifPresent(nodes::add);
    nodes.addAll(before);
    nodes.add(depthwise);
    nodes.addAll(after);
    forward.ifPresent(nodes::add);
    return nodes;
  }
}
