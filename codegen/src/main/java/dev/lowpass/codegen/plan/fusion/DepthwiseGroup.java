package dev.lowpass.codegen.plan.fusion;

import dev.lowpass.ir.Domain;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.graph.Node;
import dev.lowpass.ir.op.Dct;
import dev.lowpass.ir.op.Depthwise;
import dev.lowpass.ir.op.Idct;
import dev.lowpass.ir.op.Pointwise;
import dev.lowpass.ir.op.Window;
import dev.lowpass.passes.machine.SpectralDepthwise;
import dev.lowpass.passes.machine.SpectralRule;
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

  /** Everything around a depthwise node. */
  static DepthwiseGroup around(Chain chain, Node depthwise, Predicate<Node> isFree) {
    List<Node> before = chain.elementwiseBefore(depthwise.operand(0));
    Value start = start(depthwise, before);
    Optional<Node> inverse = inverse(chain, start);
    Value linear = inverse.map(node -> node.operand(0)).orElse(start);
    Optional<Node> expansion =
        chain
            .privateProducer(linear)
            .filter(node -> node.op() instanceof Pointwise && spatialOrInverted(node, inverse) && isFree.test(node));
    return of(chain, depthwise, before, inverse, expansion);
  }

  /** The transforms around a depthwise node, where {@code rule} has a tile for it with them. */
  static Optional<DepthwiseGroup> transformed(
      Chain chain, Node depthwise, Depthwise op, SpectralRule rule, Predicate<Node> isFree) {
    List<Node> before = chain.elementwiseBefore(depthwise.operand(0));
    Optional<Node> inverse = inverse(chain, start(depthwise, before));
    return Optional.of(of(chain, depthwise, before, inverse, Optional.empty()))
        .filter(group -> group.inverse.isPresent() || group.forward.isPresent())
        .filter(group -> group.nodes().stream().allMatch(isFree))
        .filter(group -> rule.tile(group.spectral(op.window())).isPresent());
  }

  private SpectralDepthwise spectral(Window window) {
    Shape map = depthwise.operand(0).type().shape();
    return new SpectralDepthwise(
        map.dim(0),
        map.dim(1),
        map.dim(2),
        map.dim(3),
        window,
        inverse.map(node -> transform(node.operand(0))),
        forward.map(node -> transform(node.result())));
  }

  private static SpectralDepthwise.Transform transform(Value coefficients) {
    Domain.Frequency frequency = coefficients.type().frequency();
    return new SpectralDepthwise.Transform(frequency.block(), frequency.bands());
  }

  private static Value start(Node depthwise, List<Node> before) {
    return before.isEmpty() ? depthwise.operand(0) : before.getFirst().operand(0);
  }

  private static Optional<Node> inverse(Chain chain, Value start) {
    return chain
        .privateProducer(start)
        .filter(node -> node.op() instanceof Idct idct && Chain.hasWholeBlocks(idct, node));
  }

  private static DepthwiseGroup of(
      Chain chain, Node depthwise, List<Node> before, Optional<Node> inverse, Optional<Node> expansion) {
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
