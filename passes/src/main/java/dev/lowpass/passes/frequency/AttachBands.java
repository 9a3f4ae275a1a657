package dev.lowpass.passes.frequency;

import dev.lowpass.ir.BandLimit;
import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.bands.BandsFile;
import dev.lowpass.ir.bands.InputSize;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.graph.Node;
import dev.lowpass.ir.graph.Rewrite;
import dev.lowpass.ir.op.Pointwise;
import dev.lowpass.passes.pass.GraphIndex;
import dev.lowpass.passes.pass.Pass;
import dev.lowpass.passes.pass.PassContext;
import dev.lowpass.passes.pass.PassOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Writes thresholds to the pointwise layers that they are for: those of the bands file that the option {@code file}
 * names, else those that the compilation comes with. There they wait for {@link
 * WrapPointwise} and change nothing yet.
 *
 * <pre>{@code
 * bands 1
 * layer "features.7.project" block 7x7 order zigzag keep [49*8, 20*8]
 *
 * %p = pointwise %x, %w loc("features.7.project")
 * ; becomes
 * %p = pointwise %x, %w {block = 7x7, order = zigzag, keep = [49*8, 20*8]} loc("features.7.project")
 * }</pre>
 *
 * <p>Does not fire when
 * <ul>
 *   <li>the file does not name the layer (by the node's location): it stays dense;
 *   <li>the layer reads coefficients already.
 * </ul>
 *
 * <p>A file for another model is an error, see {@link BandsFile#checkAgainst}; so is, as LP3013, an input that is not
 * read at the size that the bands are for: {@link ShrinkInput} comes first.
 */
public record AttachBands(Optional<BandsFile> file) implements Pass {
  /** Reads the option {@code file}, see {@link FileOption}. */
  public static AttachBands parse(PassOptions options) {
    return new AttachBands(FileOption.read(options));
  }

  @Override
  public String name() {
    return "attach-bands";
  }

  @Override
  public String summary() {
    return "writes the thresholds of a bands file to the layers that it names";
  }

  @Override
  public Rewrite rewrite(Graph graph, PassContext context) {
    return file.or(context::bands).map(bands -> attach(bands, graph)).orElse(Rewrite.none());
  }

  private static Rewrite attach(BandsFile bands, Graph graph) {
    bands.checkAgainst(graph);
    checkSizes(bands, graph);
    List<Node> annotated = new ArrayList<>();
    for (Node node : graph.nodes()) {
      if (node.op() instanceof Pointwise pointwise && node.type().isSpatial()) {
        Optional<BandLimit> limit = bands.of(node.location().text());
        if (limit.isPresent() && !limit.equals(pointwise.limit())) {
          annotated.add(Node.of(node.name(), pointwise.with(limit), node.operands(), node.location()));
        }
      }
    }
    return Rewrite.redefine(annotated);
  }

  private static void checkSizes(BandsFile bands, Graph graph) {
    GraphIndex index = new GraphIndex(graph);
    for (Value input : graph.inputs()) {
      InputSize size = bands.inputs().get(input.name());
      if (size != null && !ShrinkInput.has(input, size, index)) {
        throw new LowpassException(
            "LP3013",
            input.name(),
            "is read as " + input.type() + ", but the bands are for " + size + "; run shrink-input before");
      }
    }
  }
}
