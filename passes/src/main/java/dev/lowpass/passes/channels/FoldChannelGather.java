package dev.lowpass.passes.channels;

import dev.lowpass.ir.Location;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.graph.Node;
import dev.lowpass.ir.graph.Rewrite;
import dev.lowpass.ir.op.ChannelGather;
import dev.lowpass.ir.op.Constant;
import dev.lowpass.ir.op.Convolution;
import dev.lowpass.ir.op.Elementwise;
import dev.lowpass.ir.op.Op;
import dev.lowpass.ir.op.Pointwise;
import dev.lowpass.passes.pass.GraphIndex;
import dev.lowpass.passes.pass.NodePass;
import dev.lowpass.passes.pass.PassContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Lets a layer make channels in the order in which they are gathered.
 *
 * <pre>
 * %p = pointwise %x, %w, %b                                    %p = pointwise %x, %w.gathered, %b.gathered
 * %r = relu %p                                           =>    %r = relu %p
 * %y = channel_gather %r {channels = [0, 3, 1, 4, 2, 5]}       %d = depthwise %r, %f
 * %d = depthwise %y, %f
 * </pre>
 *
 * Does not fire when
 * <ul>
 *   <li>somebody else reads the channels, or other functions than of elements are between;
 *   <li>the layer has groups, bands or computed weights, or would make twice as many channels.
 * </ul>
 */
public record FoldChannelGather() implements NodePass {
  @Override
  public String name() {
    return "fold-channel-gather";
  }

  @Override
  public String summary() {
    return "lets layers make channels in the order in which they are gathered";
  }

  @Override
  public Rewrite rewriteAt(Node node, GraphIndex index, PassContext context) {
    if (!(node.op() instanceof ChannelGather gather) || node.operands().size() != 1) {
      return Rewrite.none();
    }
    List<Node> functions = new ArrayList<>();
    Optional<Node> made = before(node.operand(0), index);
    while (made.isPresent() && made.orElseThrow().op() instanceof Elementwise) {
      functions.addFirst(made.orElseThrow());
      made = before(made.orElseThrow().operand(0), index);
    }
    boolean fires =
        made.isPresent()
            && sumsAll(made.orElseThrow().op())
            && made.orElseThrow().type().isSpatial()
            && made.orElseThrow().operand(0).type().isSpatial()
            && gather.channels().size() < 2 * node.operand(0).type().shape().dim(1)
            && made.orElseThrow().operands().stream().skip(1).allMatch(weight -> index.constant(weight).isPresent());
    return fires ? folded(node, gather, made.orElseThrow(), functions, index) : Rewrite.none();
  }

  private static Optional<Node> before(Value value, GraphIndex index) {
    return index.producer(value).filter(_ -> index.isReadOnce(value));
  }

  private static boolean sumsAll(Op op) {
    return op instanceof Pointwise pointwise && pointwise.limit().isEmpty()
        || op instanceof Convolution convolution && convolution.groups() == 1;
  }

  private static Rewrite folded(
      Node node, ChannelGather gather, Node layer, List<Node> functions, GraphIndex index) {
    List<Node> nodes = new ArrayList<>();
    List<Value> operands = new ArrayList<>(List.of(layer.operand(0)));
    for (Value weight : layer.operands().subList(1, layer.operands().size())) {
      Location location = index.producer(weight).orElseThrow().location();
      Op taken = new Constant(ChannelSelection.taken(index.constant(weight).orElseThrow(), 0, gather.channels()));
      nodes.add(Node.of(index.fresh(weight.name() + ".gathered"), taken, List.of(), location));
      operands.add(nodes.getLast().result());
    }
    nodes.add(Node.of(layer.name(), layer.op(), operands, layer.location()));
    for (Node function : functions) {
      Value input = nodes.getLast().result();
      nodes.add(Node.of(function.name(), function.op(), List.of(input), function.location()));
    }
    return Rewrite.replace(node.result(), nodes.getLast().result(), nodes);
  }
}
