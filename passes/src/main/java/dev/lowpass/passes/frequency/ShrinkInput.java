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
import java.util.Optional;

/**
 * Makes the network for pictures of the size that the bands say: the first band. The picture is shrunk at once; or,
 * with the option {@code small}, it is taken in its small size. What depends on the size of maps follows, see {@link
 * Resized}. This pass changes numbers.
 *
 * <pre>{@code
 * bands 1
 * input "input" 192x192 crop 208x208
 *
 * %input: f32[1, 3, 224, 224]
 * %c = convolution %input, %w {strides = [2, 2], pads = [1, 1, 1, 1]}   : f32[1, 32, 112, 112]
 * ; becomes
 * %input.resized = resize %input {size = [192, 192], crop = [208, 208], filter = cubic} : f32[1, 3, 192, 192]
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
 * LP3012 a size or a middle larger than the model's, or a size that the filter cannot make.
 */
public record ShrinkInput(Optional<BandsFile> file, boolean small) implements Pass {
  /** Reads the options {@code small} and {@code file}, see {@link FileOption}. */
  public static ShrinkInput parse(PassOptions options) {
    return new ShrinkInput(FileOption.read(options), options.flag("small", false));
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
    return file.or(context::bands).map(bands -> next(bands, graph, context)).orElse(Rewrite.none());
  }

  private Rewrite next(BandsFile bands, Graph graph, PassContext context) {
    bands.checkInputs(graph);
    GraphIndex index = new GraphIndex(graph);
    for (Value input : graph.inputs()) {
      InputSize wanted = bands.inputs().get(input.name());
      if (wanted != null && !has(input, wanted, index)) {
        return shrink(input, wanted, index, context);
      }
    }
    return Rewrite.none();
  }

  /** Whether the network reads {@code input} at that size, and no more of it. */
  static boolean has(Value input, InputSize size, GraphIndex index) {
    Resize wanted = size.resize();
    return extents(input).equals(size.map().extents())
        || index.users(input).stream()
            .map(Node::op)
            .allMatch(
                (Op op) ->
                    op instanceof Resize resize
                        && resize.size().equals(wanted.size())
                        && resize.crop().equals(wanted.crop()));
  }

  private static List<Integer> extents(Value image) {
    return image.type().shape().dims().subList(2, 4);
  }

  private Rewrite shrink(Value input, InputSize wanted, GraphIndex index, PassContext context) {
    MapSize to = wanted.map();
    String from = extents(input).get(0) + "x" + extents(input).get(1);
    if (to.height() > extents(input).get(0) || to.width() > extents(input).get(1)) {
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
    Node resize = resize(input, wanted, index);
    String read = wanted.crop().map(middle -> "the middle %s of ".formatted(middle)).orElse("");
    context
        .report()
        .remark("input %s is shrunk from %s%s to %s (%s)".formatted(input.name(), read, from, to, wanted.filter()));
    List<Node> nodes = resized.readersOf(resize.result(), context.report());
    nodes.add(resize);
    return Rewrite.replace(input, resize.result(), nodes);
  }

  private static Node resize(Value input, InputSize wanted, GraphIndex index) {
    Location location = new Location(input.name());
    try {
      wanted.resize().infer(List.of(input.type()));
    } catch (IllegalArgumentException e) {
      throw new LowpassException("LP3012", input.name(), "cannot become " + wanted + ": " + e.getMessage(), e);
    }
    return Node.of(index.fresh(input.name() + ".resized"), wanted.resize(), List.of(input), location);
  }
}
