package dev.lowpass.passes.channels;

import dev.lowpass.ir.Location;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.graph.Node;
import dev.lowpass.ir.graph.Rewrite;
import dev.lowpass.ir.op.ChannelUse;
import dev.lowpass.ir.op.Truncating;
import dev.lowpass.passes.pass.GraphIndex;
import dev.lowpass.passes.pass.Pass;
import dev.lowpass.passes.pass.PassContext;
import dev.lowpass.passes.pass.PassOptions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Drops channels that are zero for every input, from the layer that makes them to the one that sums them up. Training
 * leaves them: weights that decayed to nothing before an activation, with a bias that is not positive.
 *
 * <pre>
 * %c = convolution %x, %w {kernel = [3, 3]}         %c = convolution %x, %w.live {kernel = [3, 3]}
 * %r = clip %c {min = 0.0, max = 6.0}               %r = clip %c {min = 0.0, max = 6.0}
 * %d = depthwise %r, %f, %g                   =>    %d = depthwise %r, %f.live, %g.live
 * %s = clip %d {min = 0.0, max = 6.0}               %s = clip %d {min = 0.0, max = 6.0}
 * %p = pointwise %s, %m                             %p = pointwise %s, %m.live
 * </pre>
 *
 * That a channel of {@code %s} is zero follows from the ranges of all before it, see {@link ChannelRanges}; what its
 * channel of {@code %r} is does not matter then, for nobody else reads it.
 *
 * <p>The layers that the pass writes no longer have the channels of the model, so a bands file is attached before.
 *
 * <p>Does not fire when
 * <ul>
 *   <li>the channels that live, rounded up to a multiple of {@code granularity}, are as many as there are;
 *   <li>the bounds come closer to zero than rounding in single precision may be off;
 *   <li>an image on the way has another reader or is an output of the graph;
 *   <li>the way leads through anything but activations, depthwise layers and pools, a product for instance;
 *   <li>either end is a grouped convolution, has computed weights or bands, or reads or makes coefficients.
 * </ul>
 */
public record DropDeadChannels(Options options) implements Pass {
  /**
   * Options of the pass.
   *
   * @param granularity channels are left in multiples of this, dead ones among them: a product of 143 channels takes
   *     longer than one of 144
   */
  public record Options(int granularity) {
    public static final Options DEFAULT = new Options(4);

    public Options {
      if (granularity < 1) {
        throw new IllegalArgumentException("channels in multiples of " + granularity);
      }
    }

    static Options parse(PassOptions options) {
      return new Options(
          options.read("granularity", DEFAULT.granularity(), Options::positive, "an integer of 1 or more"));
    }

    private static int positive(String text) {
      int value = Integer.parseInt(text);
      if (value < 1) {
        throw new IllegalArgumentException(text);
      }
      return value;
    }
  }

  public static DropDeadChannels parse(PassOptions options) {
    return new DropDeadChannels(Options.parse(options));
  }

  @Override
  public String name() {
    return "drop-dead-channels";
  }

  @Override
  public String summary() {
    return "drops channels that are zero for every input";
  }

  @Override
  public Rewrite rewrite(Graph graph, PassContext context) {
    GraphIndex index = new GraphIndex(graph);
    ChannelRanges ranges = new ChannelRanges(index);
    Map<String, List<Integer>> kept = new LinkedHashMap<>();
    for (Node node : graph.nodes()) {
      if (sumsChannels(node, ranges)) {
        List<Range> channels = ranges.of(node.operand(0));
        List<Integer> staying = staying(channels);
        List<Value> way = staying.size() < channels.size() ? way(node, index, ranges) : List.of();
        if (!way.isEmpty()) {
          way.forEach(image -> kept.put(image.name(), staying));
          context.report().remark(dropped(node, channels.size() - staying.size(), channels.size()));
        }
      }
    }
    return new ChannelSelection(index, kept).rewrite();
  }

  private static String dropped(Node end, int dead, int channels) {
    String layer = end.location().equals(Location.UNKNOWN) ? end.name() : end.location().text();
    return "%s: dropped %d of %d input channels, which are always zero".formatted(layer, dead, channels);
  }

  /** The channels that live, and the first of the dead ones where they are no multiple; at least one multiple. */
  private List<Integer> staying(List<Range> channels) {
    int live = (int) channels.stream().filter(range -> !range.isZero()).count();
    int fillers = Math.ceilDiv(Math.max(live, 1), options.granularity()) * options.granularity() - live;
    List<Integer> staying = new ArrayList<>();
    for (int c = 0; c < channels.size(); c++) {
      if (!channels.get(c).isZero() || fillers-- > 0) {
        staying.add(c);
      }
    }
    return staying;
  }

  /** The images from a layer's result to the input of {@code end}; none where one of them must stay as it is. */
  private static List<Value> way(Node end, GraphIndex index, ChannelRanges ranges) {
    List<Value> images = new ArrayList<>();
    Value image = end.operand(0);
    while (index.isReadOnce(image) && index.producer(image).isPresent()) {
      Node node = index.producer(image).get();
      images.add(image);
      if (sumsChannels(node, ranges)) {
        return images;
      }
      if (!keepsChannelsApart(node, ranges)) {
        break;
      }
      image = node.operand(0);
    }
    return List.of();
  }

  private static boolean sumsChannels(Node node, ChannelRanges ranges) {
    boolean dense = !(node.op() instanceof Truncating truncating) || truncating.keep().isEmpty();
    return isSpatial(node) && node.channels() == ChannelUse.SUMMED && dense && ranges.hasConstantParameters(node);
  }

  private static boolean keepsChannelsApart(Node node, ChannelRanges ranges) {
    return isSpatial(node) && node.channels() == ChannelUse.APART && ranges.hasConstantParameters(node);
  }

  private static boolean isSpatial(Node node) {
    return !node.operands().isEmpty() && node.operand(0).type().isSpatial() && node.type().isSpatial();
  }
}
