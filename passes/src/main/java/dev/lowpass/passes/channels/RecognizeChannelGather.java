package dev.lowpass.passes.channels;

import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.graph.Node;
import dev.lowpass.ir.graph.Rewrite;
import dev.lowpass.ir.op.ChannelGather;
import dev.lowpass.ir.op.Gather;
import dev.lowpass.ir.op.Op;
import dev.lowpass.ir.op.Reshape;
import dev.lowpass.ir.op.Transpose;
import dev.lowpass.passes.pass.GraphIndex;
import dev.lowpass.passes.pass.NodePass;
import dev.lowpass.passes.pass.PassContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * Makes a gather of channels of what is written as a movement of more axes: channel shuffles, and gathers by constants.
 *
 * <pre>
 * %a = reshape %x {shape = [1, 2, 3, 7, 7]}                          ; %x: f32[1, 6, 7, 7]
 * %b = transpose %a {permutation = [0, 2, 1, 3, 4]}
 * %y = reshape %b {shape = [1, 6, 7, 7]}
 * =>
 * %y = channel_gather %x {channels = [0, 3, 1, 4, 2, 5]}
 *
 * %y = gather %x, %k {axis = 1}      =>      %y = channel_gather %x {channels = [5, 0]}      ; %k: i64[2] [-1, 0]
 * </pre>
 *
 * Does not fire when
 * <ul>
 *   <li>something else than whole channels moves, or channels move from one image to another;
 *   <li>the indices are computed, or their tensor has not one axis.
 * </ul>
 */
public record RecognizeChannelGather() implements NodePass {
  @Override
  public String name() {
    return "recognize-channel-gather";
  }

  @Override
  public String summary() {
    return "makes gathers of channels of channel shuffles and of gathers by constants";
  }

  @Override
  public Rewrite rewriteAt(Node node, GraphIndex index, PassContext context) {
    if (node.type().shape().rank() != 4 || !node.type().isSpatial() || node.type().shape().elements() == 0) {
      return Rewrite.none();
    }
    if (node.op() instanceof Reshape) {
      return shuffled(node, index);
    }
    if (node.op() instanceof Gather(int axis) && axis == 1) {
      int channels = node.operand(0).type().shape().dim(1);
      return index
          .constant(node.operand(1))
          .filter(indices -> indices.shape().rank() == 1)
          .map(indices -> redefined(node, node, named(indices, channels)))
          .orElse(Rewrite.none());
    }
    return Rewrite.none();
  }

  private static Rewrite redefined(Node node, Node reader, List<Integer> channels) {
    Op op = new ChannelGather(channels);
    return Rewrite.redefine(List.of(Node.of(node.name(), op, List.of(reader.operand(0)), node.location())));
  }

  /** Indices below 0 count from the end. */
  private static List<Integer> named(Tensor indices, int channels) {
    return LongStream.of(indices.integers()).mapToObj(i -> (int) (i < 0 ? i + channels : i)).toList();
  }

  private static Rewrite shuffled(Node node, GraphIndex index) {
    Optional<Node> moved = index.producer(node.operand(0)).filter(made -> made.op() instanceof Transpose);
    Optional<Node> split =
        moved.flatMap(made -> index.producer(made.operand(0))).filter(made -> made.op() instanceof Reshape);
    if (split.isEmpty() || !split.orElseThrow().operand(0).type().shape().equals(node.type().shape())) {
      return Rewrite.none();
    }
    List<Integer> permutation = ((Transpose) moved.orElseThrow().op()).permutation();
    return channels(node.type().shape(), split.orElseThrow().type().shape(), permutation)
        .map(channels -> redefined(node, split.orElseThrow(), channels))
        .orElse(Rewrite.none());
  }

  /** Where the channels of {@code image} come from, seen as {@code split} whose axes change places. */
  private static Optional<List<Integer>> channels(Shape image, Shape split, List<Integer> permutation) {
    int axes = split.rank();
    while (axes > 0 && permutation.get(axes - 1) == axes - 1) {
      axes--;
    }
    long map = (long) image.dim(2) * image.dim(3);
    while (axes < split.rank() && inner(split, axes) > map) {
      axes++;
    }
    if (inner(split, axes) != map) {
      return Optional.empty();
    }
    List<Integer> sources = transposed(split, permutation.subList(0, axes));
    int channels = image.dim(1);
    List<Integer> first = sources.subList(0, channels);
    for (int i = 0; i < sources.size(); i++) {
      if (sources.get(i) != i / channels * channels + first.get(i % channels) || first.get(i % channels) >= channels) {
        return Optional.empty();
      }
    }
    return Optional.of(first);
  }

  private static long inner(Shape shape, int axis) {
    return new Shape(shape.dims().subList(axis, shape.rank())).elements();
  }

  /** The places of what {@code permutation} moves, in the order that it makes. */
  private static List<Integer> transposed(Shape shape, List<Integer> permutation) {
    List<Integer> sources = new ArrayList<>(Collections.singletonList(0));
    for (int axis : permutation) {
      int pitch = (int) new Shape(shape.dims().subList(axis + 1, permutation.size())).elements();
      List<Integer> longer = new ArrayList<>();
      for (int source : sources) {
        for (int i = 0; i < shape.dim(axis); i++) {
          longer.add(source + i * pitch);
        }
      }
      sources = longer;
    }
    return sources;
  }
}
