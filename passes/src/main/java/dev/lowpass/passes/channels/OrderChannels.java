package dev.lowpass.passes.channels;

import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.graph.Node;
import dev.lowpass.ir.graph.Rewrite;
import dev.lowpass.ir.op.Pointwise;
import dev.lowpass.passes.pass.Pass;
import dev.lowpass.passes.pass.PassContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Sorts channels by how much of them is kept, longest band first, so that each coefficient needs a prefix of the
 * channels. The permutation disappears into the weights around.
 *
 * <pre>{@code
 * %e = pointwise %x, @expand
 * %s = idct %e
 * %r = clip %s {min = 0.0, max = 6.0}
 * %f = dct %r {block = 7x7, order = zigzag, keep = [3, 10]}
 * %p = pointwise %f, @project {block = 7x7, order = zigzag, keep = [3, 10]}
 * ; becomes
 * %e = pointwise %x, @expand.ordered     ; rows exchanged
 * %s = idct %e
 * %r = clip %s {min = 0.0, max = 6.0}
 * %f = dct %r {block = 7x7, order = zigzag, keep = [10, 3]}
 * %p = pointwise %f, @project.ordered {block = 7x7, order = zigzag, keep = [10, 3]}  ; columns exchanged
 * }</pre>
 *
 * <p>A residual stream has one order for all that share it: the one of a few (the keeps' weighted sum, each reader's
 * own) with which its readers, their bands rounded up to descending ones, multiply least. The numbers do not change.
 *
 * <p>Does not fire when
 * <ul>
 *   <li>a member of the group is an input or a result of the graph, or meets concat, slice of channels, reshape,
 *       transpose, a grouped convolution or weights that are not constant;
 *   <li>no order of those tried is better than what is there.
 * </ul>
 */
public final class OrderChannels implements Pass {
  @Override
  public String name() {
    return "order-channels";
  }

  @Override
  public String summary() {
    return "sorts channels by band, longest first, by permuting weights";
  }

  @Override
  public Rewrite rewrite(Graph graph, PassContext context) {
    ChannelGroups groups = new ChannelGroups(graph);
    Map<String, List<Integer>> orders = orders(graph, groups);
    return orders.isEmpty() ? Rewrite.none() : new Reordering(graph, groups, orders).rewrite();
  }

  /** The new order of every group that gets one. */
  private static Map<String, List<Integer>> orders(Graph graph, ChannelGroups groups) {
    Map<String, List<ChannelOrder.Reader>> readers = new LinkedHashMap<>();
    for (Node node : graph.nodes()) {
      if (node.op() instanceof Pointwise pointwise && pointwise.limit().isPresent() && !node.type().isSpatial()) {
        groups.movable(node.operand(0)).ifPresent(group -> readers
            .computeIfAbsent(group, ignored -> new ArrayList<>())
            .add(new ChannelOrder.Reader(pointwise.limit().get().keep(), node.type().shape())));
      }
    }
    Map<String, List<Integer>> orders = new LinkedHashMap<>();
    readers.forEach((group, reading) -> ChannelOrder.better(reading).ifPresent(order -> orders.put(group, order)));
    return orders;
  }
}
