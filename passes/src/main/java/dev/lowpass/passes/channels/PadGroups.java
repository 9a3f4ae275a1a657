package dev.lowpass.passes.channels;

import dev.lowpass.ir.Location;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.graph.Node;
import dev.lowpass.ir.graph.Rewrite;
import dev.lowpass.ir.op.ChannelGather;
import dev.lowpass.ir.op.ChannelUse;
import dev.lowpass.ir.op.Constant;
import dev.lowpass.ir.op.Depthwise;
import dev.lowpass.ir.op.Elementwise;
import dev.lowpass.ir.op.Slice;
import dev.lowpass.passes.machine.Machine;
import dev.lowpass.passes.pass.GraphIndex;
import dev.lowpass.passes.pass.NodePass;
import dev.lowpass.passes.pass.PassContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Lets groups of channels begin at whole slabs, so that they are read where they lie: a gather that makes the channels
 * anyway repeats the last one of each group until its slab is full.
 *
 * <pre>
 * %g = channel_gather %x {channels = [0, 20, …]}                        ; 40 channels
 * %d = depthwise %g, %f
 * %p = slice %d {starts = [0, 0, 0, 0], extents = [1, 20, 7, 7]}
 * %q = slice %d {starts = [0, 20, 0, 0], extents = [1, 20, 7, 7]}
 * =>
 * %g = channel_gather %x {channels = [0, 20, …]}                        ; 52 channels: 20, the last of them 12 times, 20
 * %d = depthwise %g, %f.padded
 * %p = slice %d {starts = [0, 0, 0, 0], extents = [1, 20, 7, 7]}
 * %q = slice %d {starts = [0, 32, 0, 0], extents = [1, 20, 7, 7]}
 * </pre>
 *
 * Does not fire when
 * <ul>
 *   <li>all slices begin at whole slabs, or two of them share channels;
 *   <li>there are several images, whose parts lie apart;
 *   <li>something else than slices of channels reads the image, or something else than depthwise layers and functions of
 *       elements is between;
 *   <li>there would be more than twice as many slabs.
 * </ul>
 */
public record PadGroups() implements NodePass {
  private static final int MOST_SLABS = 2;

  @Override
  public String name() {
    return "pad-groups";
  }

  @Override
  public String summary() {
    return "lets groups of gathered channels begin at whole slabs";
  }

  @Override
  public Rewrite rewriteAt(Node node, GraphIndex index, PassContext context) {
    if (!(node.op() instanceof ChannelGather gather) || node.type().shape().dim(0) != 1) {
      return Rewrite.none();
    }
    List<Node> way = way(node, index);
    List<Node> slices =
        index.users(way.getLast().result()).stream().sorted(Comparator.comparingInt(PadGroups::start)).toList();
    List<Integer> places = places(slices, way.getLast(), index);
    int before = slabs(gather.channels().size());
    return places.isEmpty() || slabs(places.size()) > MOST_SLABS * before
        ? Rewrite.none()
        : padded(gather, way, slices, places, index);
  }

  /** {@code node} and what is made of its channels, each by itself, until somebody else reads them. */
  private static List<Node> way(Node node, GraphIndex index) {
    List<Node> way = new ArrayList<>(List.of(node));
    while (index.isReadOnce(way.getLast().result())) {
      Node next = index.users(way.getLast().result()).getFirst();
      boolean apart = next.op() instanceof Elementwise || next.op() instanceof Depthwise;
      boolean known = next.operands().stream().skip(1).allMatch(operand -> index.constant(operand).isPresent());
      if (!apart || !known || next.channels() != ChannelUse.APART || !next.type().isSpatial()) {
        break;
      }
      way.add(next);
    }
    return way;
  }

  /** The channels that there will be, by their present numbers; none where they stay. */
  private static List<Integer> places(List<Node> slices, Node last, GraphIndex index) {
    boolean known =
        !slices.isEmpty()
            && !index.isOutput(last.result())
            && slices.stream().allMatch(user -> user.op() instanceof Slice slice && JoinChannelGathers.isOfChannels(user, slice));
    if (!known || slices.stream().allMatch(slice -> start(slice) % Machine.SLAB == 0)) {
      return List.of();
    }
    List<Integer> places = new ArrayList<>();
    int end = 0;
    for (Node slice : slices) {
      if (start(slice) < end) {
        return List.of();
      }
      while (places.size() % Machine.SLAB != 0) {
        places.add(places.getLast());
      }
      end = start(slice) + slice.type().shape().dim(1);
      for (int channel = start(slice); channel < end; channel++) {
        places.add(channel);
      }
    }
    return places;
  }

  private static int start(Node user) {
    return user.op() instanceof Slice slice && slice.starts().size() > 1 ? slice.starts().get(1) : 0;
  }

  private static int slabs(int channels) {
    return Math.ceilDiv(channels, Machine.SLAB);
  }

  private static Rewrite padded(
      ChannelGather gather, List<Node> way, List<Node> slices, List<Integer> places, GraphIndex index) {
    List<Node> nodes = new ArrayList<>();
    Node head = way.getFirst();
    nodes.add(Node.of(head.name(), gather.of(places), head.operands(), head.location()));
    for (Node node : way.subList(1, way.size())) {
      Value input = nodes.getLast().result();
      List<Value> operands = new ArrayList<>(List.of(input));
      for (Value parameter : node.operands().subList(1, node.operands().size())) {
        Tensor taken = ChannelSelection.taken(index.constant(parameter).orElseThrow(), 0, places);
        Location location = index.producer(parameter).orElseThrow().location();
        Node constant = Node.of(index.fresh(parameter.name() + ".padded"), new Constant(taken), List.of(), location);
        nodes.add(constant);
        operands.add(constant.result());
      }
      nodes.add(Node.of(node.name(), node.op(), operands, node.location()));
    }
    Value image = nodes.getLast().result();
    for (Node slice : slices) {
      int channels = slice.type().shape().dim(1);
      Slice moved = Slice.along(image.type().shape(), 1, places.indexOf(start(slice)), channels);
      nodes.add(Node.of(slice.name(), moved, List.of(image), slice.location()));
    }
    return Rewrite.redefine(nodes);
  }
}
