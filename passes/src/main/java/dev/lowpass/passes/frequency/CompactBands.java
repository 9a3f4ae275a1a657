package dev.lowpass.passes.frequency;

import dev.lowpass.ir.BandLimit;
import dev.lowpass.ir.Bands;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.graph.Node;
import dev.lowpass.ir.graph.Rewrite;
import dev.lowpass.ir.op.Dct;
import dev.lowpass.ir.op.Pointwise;
import dev.lowpass.passes.cost.Staircase;
import dev.lowpass.passes.machine.Machine;
import dev.lowpass.passes.pass.GraphIndex;
import dev.lowpass.passes.pass.Pass;
import dev.lowpass.passes.pass.PassContext;
import dev.lowpass.passes.pass.PassOptions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Rounds bands up to a descending staircase of few steps: what a kernel executes as few dense products, each of a run
 * of coefficients with a prefix of the channels.
 *
 * <pre>{@code
 * %f = dct %x {block = 7x7, order = zigzag, keep = [49, 40, 12, 11, 3, 1]}
 * %p = pointwise %f, %w {block = 7x7, order = zigzag, keep = [49, 40, 12, 11, 3, 1]}
 * ; becomes, with {max = 2}
 * %f = dct %x {block = 7x7, order = zigzag, keep = [49*2, 12*4]}
 * %p = pointwise %f, %w {block = 7x7, order = zigzag, keep = [49*2, 12*4]}
 * }</pre>
 *
 * <p>The steps cost least for the register tile of the machine. Channels that the pass {@code order-channels} could not
 * sort are rounded up to the longest band behind them. More is kept than was asked for, never less, so the result lies
 * nearer to the unpruned one. What is executed in the end goes to the report.
 *
 * <p>Does not fire when
 * <ul>
 *   <li>the pointwise has no limit, or reads spatial data;
 *   <li>its bands are such a staircase already.
 * </ul>
 */
public record CompactBands(Options options) implements Pass {
  /**
   * How to round.
   *
   * @param max dense products a layer at most
   * @param granularity channels are taken in multiples of this
   * @param tile rows of the register tile, if not those of the machine
   */
  public record Options(int max, int granularity, OptionalInt tile) {
    public static final Options DEFAULT = new Options(Staircase.MAX, Staircase.GRANULARITY, OptionalInt.empty());

    public Options {
      new Staircase(max, granularity, tile.orElse(1));
    }

    static Options parse(PassOptions options) {
      return new Options(
          options.whole("max", DEFAULT.max),
          options.whole("granularity", DEFAULT.granularity),
          options
              .optional("tile", "of the machine", Integer::valueOf, "an integer")
              .map(OptionalInt::of)
              .orElse(DEFAULT.tile));
    }

    Staircase on(Machine machine) {
      return new Staircase(max, granularity, tile.orElse(machine.tile().rows()));
    }
  }

  public static CompactBands parse(PassOptions options) {
    return new CompactBands(Options.parse(options));
  }

  @Override
  public String name() {
    return "compact-bands";
  }

  @Override
  public String summary() {
    return "rounds bands up to few steps, each a dense product";
  }

  @Override
  public Rewrite rewrite(Graph graph, PassContext context) {
    GraphIndex index = new GraphIndex(graph);
    Staircase staircase = options.on(context.machine());
    Map<String, BandLimit> rounded = new LinkedHashMap<>();
    List<Node> nodes = new ArrayList<>();
    for (Node node : graph.nodes()) {
      if (node.op() instanceof Pointwise pointwise && pointwise.limit().isPresent() && !node.type().isSpatial()) {
        BandLimit limit = pointwise.limit().get().withKeep(round(staircase, node, pointwise));
        rounded.put(node.name(), limit);
        new PointwiseLayer(node).recordExecuted(context.report(), limit.retained());
        if (!limit.equals(pointwise.limit().get())) {
          nodes.add(Node.of(node.name(), pointwise.with(Optional.of(limit)), node.operands(), node.location()));
        }
      }
    }
    for (Node node : graph.nodes()) {
      if (node.op() instanceof Dct dct) {
        truncation(index, node, dct, rounded).ifPresent(nodes::add);
      }
    }
    return Rewrite.redefine(nodes);
  }

  private static Bands round(Staircase staircase, Node node, Pointwise pointwise) {
    Shape map = node.operand(0).type().shape();
    BandLimit limit = pointwise.limit().get();
    int blocks = map.dim(0) * limit.block().count(map.dim(2), map.dim(3));
    return staircase.round(pointwise.reads(node.operand(0).type()), blocks);
  }

  /** A transform that only rounded layers read keeps what they keep now. */
  private static Optional<Node> truncation(GraphIndex index, Node node, Dct dct, Map<String, BandLimit> rounded) {
    NeededBands needed =
        new NeededBands(index, layer -> Optional.ofNullable(rounded.get(layer.name())).map(BandLimit::keep));
    return needed
        .of(node.result())
        .map(keep -> Truncation.keeping(dct, keep))
        .filter(keeping -> !keeping.equals(dct))
        .map(keeping -> Node.of(node.name(), keeping, node.operands(), node.location()));
  }
}
