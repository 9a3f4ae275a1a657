package dev.lowpass.passes.forms;

import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.graph.Node;
import dev.lowpass.ir.graph.Rewrite;
import dev.lowpass.passes.frequency.PointwiseLayer;
import dev.lowpass.passes.pass.Pass;
import dev.lowpass.passes.pass.PassContext;
import dev.lowpass.passes.pass.PassOptions;
import dev.lowpass.passes.pass.Report;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Decides which layers that have bands run low-passed, by predicted time, and takes the bands off the others.
 *
 * <pre>{@code
 * %p = pointwise %x, %w {block = 7x7, order = zigzag, keep = [49*14, 40*2]}
 * ; becomes, because the transforms cost more than what 16 channels save
 * %p = pointwise %x, %w
 * }</pre>
 *
 * <p>It runs on the annotated graph, before {@code wrap-pointwise}, where a choice is a set of layers and its price can
 * be told without rewriting anything ({@link FormCosts}). Layers share transforms with their neighbours, so the choice
 * is a search: from all layers and from none, layer by layer and block by block (neither, projection alone, both
 * sides), as long as the predicted total falls by more than predictions err. What a stream's frequency form costs is
 * part of that total, and a stream goes back to samples when its layers do.
 *
 * <p>Every pointwise layer gets a {@link Report.Decision}. Its two times differ by what the whole network would lose or
 * win if this layer alone changed its form.
 *
 * <p>Does not fire when
 * <ul>
 *   <li>{@code mode=all}: every layer keeps its bands;
 *   <li>decisions were made already: a choice is made once a compilation.
 * </ul>
 */
public record ChooseForms(Options options) implements Pass {
  /** Which layers to low-pass: those where it pays, all that have bands, or none. */
  public enum Mode {
    AUTO,
    ALL,
    NONE;

    static Mode parse(String text) {
      return valueOf(text.toUpperCase(Locale.ROOT));
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** How to choose. */
  public record Options(Mode mode) {
    public static final Options DEFAULT = new Options(Mode.AUTO);

    static Options parse(PassOptions options) {
      return new Options(options.read("mode", DEFAULT.mode, Mode::parse, "auto, all or none"));
    }
  }

  public static ChooseForms parse(PassOptions options) {
    return new ChooseForms(Options.parse(options));
  }

  @Override
  public String name() {
    return "choose-forms";
  }

  @Override
  public String summary() {
    return "takes the bands off layers that are predicted to be faster dense";
  }

  @Override
  public Rewrite rewrite(Graph graph, PassContext context) {
    Report report = context.report();
    if (!report.decisions().isEmpty()) {
      return Rewrite.none();
    }
    FormCosts costs = new FormCosts(graph, context.prices());
    List<PointwiseLayer> layers =
        PointwiseLayer.of(graph).stream().filter(layer -> layer.node().type().isSpatial()).toList();
    Set<String> banded = new LinkedHashSet<>();
    layers.stream().filter(layer -> layer.limit().isPresent()).forEach(layer -> banded.add(layer.node().name()));
    FormMargins margins = FormMargins.of(layers, costs);
    FormSearch search = new FormSearch(graph, layers, set -> costs.of(set) + margins.of(set));
    Set<String> chosen =
        switch (options.mode()) {
          case AUTO -> search.best(banded);
          case ALL -> banded;
          case NONE -> Set.of();
        };
    report.predict(new Report.Prediction(context.predictedMachine(), costs.of(Set.of()), costs.of(chosen)));
    new FormReport(options, layers, costs, search, chosen).write(report);
    List<Node> dropped =
        layers.stream()
            .filter(layer -> layer.limit().isPresent() && !chosen.contains(layer.node().name()))
            .map(PointwiseLayer::withoutLimit)
            .toList();
    return Rewrite.redefine(dropped);
  }
}
