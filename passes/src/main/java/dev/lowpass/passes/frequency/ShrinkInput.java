package dev.lowpass.passes.frequency;

import dev.lowpass.ir.Location;
import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.bands.BandsFile;
import dev.lowpass.ir.bands.InputSize;
import dev.lowpass.ir.bands.MapSize;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.graph.Node;
import dev.lowpass.ir.graph.Rewrite;
import dev.lowpass.ir.op.Op;
import dev.lowpass.ir.op.Resize;
import dev.lowpass.passes.pass.GraphIndex;
import dev.lowpass.passes.pass.Pass;
import dev.lowpass.passes.pass.PassContext;
import dev.lowpass.passes.pass.PassOptions;
import java.util.List;
import java.util.Map;

/**
 * Makes the network for pictures of the size that the bands say: the first band. The picture is shrunk at once; or,
 * with the option {@code small}, it is taken in its small size. What depends on the size of maps follows, see {@link
 * Resized}. This pass changes numbers.
 *
 * <pre>{@code
 * bands 1
 * input "input" 192x192
 *
 * %input: f32[1, 3, 224, 224]
 * %c = convolution %input, %w {strides = [2, 2], pads = [1, 1, 1, 1]}   : f32[1, 32, 112, 112]
 * ; becomes
 * %input.resized = resize %input {size = [192, 192], filter = cubic}     : f32[1, 3, 192, 192]
 * %c = convolution %input.resized, %w {strides = [2, 2], pads = …}       : f32[1, 32, 96, 96]
 * }</pre>
 *
 * <p>Does not fire when
 * <ul>
 *   <li>the bands do not name the input;
 *   <li>it has that size, or all that reads it gives it that size.
 * </ul>
 *
 * <p>Errors: LP2113 and LP2114 as {@link BandsFile#checkInputs}, LP3011 a node that maps of another size do not suit,
 * LP3012 a size larger than the model's.
 */
public record ShrinkInput(boolean small) implements Pass {
  /** Reads the option {@code small}. */
  public static ShrinkInput parse(PassOptions options) {
    return new ShrinkInput(options.flag("small", false));
  }

  @Override
  public String name() {
    return "shrink-input";
  }

  @Override
  public String summary() {
    return "reads pictures at the size that the bands say";
  }

  @Override
  public Rewrite rewrite(Graph graph, PassContext context) {
    if (context.bands().isEmpty()) {
      return Rewrite.none();
    }
    BandsFile bands = context.bands().orElseThrow();
    bands.checkInputs(graph);
    GraphIndex index = new GraphIndex(graph);
    for (Value input : graph.inputs()) {
      InputSize wanted = bands.inputs().get(input.name());
      if (wanted != null && !has(input, wanted.map(), index)) {
        return shrink(input, wanted, index, context);
      }
    }
    return Rewrite.none();
  }

  private static boolean has(Value input, MapSize size, GraphIndex index) {
    return map(input).equals(size)
        || index.users(input).stream()
            .map(Node::op)
            .allMatch((Op op) -> op instanceof Resize resize && resize.size().equals(size.extents()));
  }

  private static MapSize map(Value image) {
    return new MapSize(image.type().shape().dim(2), image.type().shape().dim(3));
  }

  private Rewrite shrink(Value input, InputSize wanted, GraphIndex index, PassContext context) {
    MapSize from = map(input);
    MapSize to = wanted.map();
    if (to.height() > from.height() || to.width() > from.width()) {
      throw new LowpassException(
          "LP3012", input.name(), "the model reads %s; %s is larger, and adds nothing".formatted(from, to));
    }
    Resized resized = new Resized(index, input, to);
    if (small) {
      Shape shape = input.type().shape().with(2, to.height()).with(3, to.width());
      Value picture = new Value(input.name(), input.type().withShape(shape));
      context.report().remark("input %s takes %s in place of %s".formatted(input.name(), to, from));
      return new Rewrite(resized.readersOf(picture, context.report()), Map.of(), List.of(picture));
    }
    Node resize =
        Node.of(
            index.fresh(input.name() + ".resized"), wanted.resize(), List.of(input), new Location(input.name()));
    context.report().remark("input %s is shrunk from %s to %s (%s)".formatted(input.name(), from, to, wanted.filter()));
    List<Node> nodes = resized.readersOf(resize.result(), context.report());
    nodes.add(resize);
    return Rewrite.replace(input, resize.result(), nodes);
  }
}
