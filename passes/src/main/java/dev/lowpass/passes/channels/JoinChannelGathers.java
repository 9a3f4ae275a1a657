package dev.lowpass.passes.channels;

import dev.lowpass.ir.Value;
import dev.lowpass.ir.graph.Node;
import dev.lowpass.ir.graph.Rewrite;
import dev.lowpass.ir.op.ChannelGather;
import dev.lowpass.ir.op.Concat;
import dev.lowpass.ir.op.Op;
import dev.lowpass.ir.op.Slice;
import dev.lowpass.passes.pass.GraphIndex;
import dev.lowpass.passes.pass.NodePass;
import dev.lowpass.passes.pass.PassContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Moves channels once where they are moved several times: a gather reads what the movement before it reads.
 *
 * <pre>
 * %j = concat %a, %b {axis = 1}                                      ; both f32[1, 2, 7, 7]
 * %g = channel_gather %j {channels = [0, 2, 1, 3]}
 * %y = slice %g {starts = [0, 2, 0, 0], extents = [1, 2, 7, 7]}
 * =>
 * %y = channel_gather %a, %b {channels = [1, 3]}
 *
 * %y = channel_gather %x {channels = [4, 5, 6]}    =>    %y = slice %x {starts = [0, 4, 0, 0], extents = [1, 3, 7, 7]}
 * %y = concat (concat %a, %b), %c                  =>    %y = concat %a, %b, %c
 * </pre>
 *
 * Does not fire when
 * <ul>
 *   <li>something else than a gather reads the movement before a gather: it is made anyway;
 *   <li>a gather would read more than 4 images.
 * </ul>
 */
public record JoinChannelGathers() implements NodePass {
  /** Images of a gather; each is another place in memory to read. */
  private static final int MOST_IMAGES = 4;

  @Override
  public String name() {
    return "join-channel-gathers";
  }

  @Override
  public String summary() {
    return "moves channels once that are gathered, joined and sliced one after the other";
  }

  @Override
  public Rewrite rewriteAt(Node node, GraphIndex index, PassContext context) {
    if (node.op() instanceof Slice slice) {
      return sliced(node, slice, index);
    }
    if (node.op() instanceof ChannelGather gather) {
      return gathered(node, gather, index);
    }
    return node.op() instanceof Concat(int axis) ? joined(node, axis, index) : Rewrite.none();
  }

  /** A slice of a gather takes some of its channels. */
  private static Rewrite sliced(Node node, Slice slice, GraphIndex index) {
    Optional<Node> earlier = index.producer(node.operand(0)).filter(made -> made.op() instanceof ChannelGather);
    if (earlier.isEmpty() || !isOfChannels(node, slice)) {
      return Rewrite.none();
    }
    int first = slice.starts().get(1);
    int channels = slice.extents().get(1);
    ChannelGather gather = (ChannelGather) earlier.orElseThrow().op();
    Op op = gather.of(IntStream.range(first, first + channels).boxed().toList());
    return redefined(node, op, earlier.orElseThrow().operands());
  }

  /** Whether it takes whole channels that are neighbours. */
  static boolean isOfChannels(Node node, Slice slice) {
    return slice.starts().size() == 4
        && slice.extents().get(1) > 0
        && Slice.along(node.operand(0).type().shape(), 1, slice.starts().get(1), slice.extents().get(1)).equals(slice);
  }

  private static Rewrite gathered(Node node, ChannelGather gather, GraphIndex index) {
    List<Source> sources = sources(node, gather);
    List<Source> further = sources.stream().map(source -> source.further(index)).toList();
    List<Source> chosen = images(further).size() <= MOST_IMAGES ? further : sources;
    List<Value> images = images(chosen);
    if (!chosen.equals(sources) || images.size() < node.operands().size()) {
      return of(node, chosen, images);
    }
    if (images.size() == 1 && areNeighbours(gather)) {
      int first = gather.channels().getFirst();
      Slice slice = Slice.along(images.getFirst().type().shape(), 1, first, gather.channels().size());
      return slice.movesNothing(images.getFirst().type())
          ? Rewrite.replace(node.result(), images.getFirst(), List.of())
          : redefined(node, slice, images);
    }
    return Rewrite.none();
  }

  private static List<Value> images(List<Source> sources) {
    return sources.stream().map(Source::image).distinct().toList();
  }

  private static boolean areNeighbours(ChannelGather gather) {
    int first = gather.channels().getFirst();
    return gather.channels().equals(IntStream.range(first, first + gather.channels().size()).boxed().toList());
  }

  private static Rewrite of(Node node, List<Source> sources, List<Value> images) {
    List<Integer> starts = new ArrayList<>();
    int start = 0;
    for (Value image : images) {
      starts.add(start);
      start += image.type().shape().dim(1);
    }
    List<Integer> channels =
        sources.stream().map(source -> starts.get(images.indexOf(source.image)) + source.channel).toList();
    return redefined(node, new ChannelGather(channels), images);
  }

  private static Rewrite redefined(Node node, Op op, List<Value> operands) {
    return Rewrite.redefine(List.of(Node.of(node.name(), op, operands, node.location())));
  }

  /** A channel of an image. */
  private record Source(Value image, int channel) {
    /** Where it was before, if it was moved for gathers only. */
    Source further(GraphIndex index) {
      Optional<Node> node = index.producer(image).filter(made -> isForGathers(made, index));
      if (node.isPresent() && node.orElseThrow().op() instanceof ChannelGather gather) {
        return source(node.orElseThrow().operands(), gather.channels().get(channel));
      }
      return node.filter(made -> made.op().equals(new Concat(1)))
          .map(made -> source(made.operands(), channel))
          .orElse(this);
    }

    private static boolean isForGathers(Node node, GraphIndex index) {
      return !index.isOutput(node.result())
          && index.users(node.result()).stream().allMatch(user -> user.op() instanceof ChannelGather);
    }
  }

  private static List<Source> sources(Node node, ChannelGather gather) {
    return gather.channels().stream().map(channel -> source(node.operands(), channel)).toList();
  }

  /** The channel that is number {@code channel} of all images'. */
  private static Source source(List<Value> images, int channel) {
    int rest = channel;
    int image = 0;
    while (rest >= images.get(image).type().shape().dim(1)) {
      rest -= images.get(image++).type().shape().dim(1);
    }
    return new Source(images.get(image), rest);
  }

  /** A concat that nothing but another one along the same axis reads. */
  private static Rewrite joined(Node node, int axis, GraphIndex index) {
    List<Value> parts = new ArrayList<>();
    for (Value operand : node.operands()) {
      Optional<Node> inner =
          index.producer(operand).filter(made -> made.op().equals(new Concat(axis)) && index.isReadOnce(operand));
      parts.addAll(inner.map(Node::operands).orElse(List.of(operand)));
    }
    return parts.size() > node.operands().size() ? redefined(node, node.op(), parts) : Rewrite.none();
  }
}
