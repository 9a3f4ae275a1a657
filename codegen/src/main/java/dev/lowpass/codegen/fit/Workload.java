package dev.lowpass.codegen.fit;

import dev.lowpass.ir.bands.BandsFile;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.passes.Pipelines;
import dev.lowpass.passes.forms.ChooseForms;
import dev.lowpass.passes.pass.PassContext;
import dev.lowpass.passes.pass.PassManager;
import dev.lowpass.passes.pass.Pipeline;
import java.util.Optional;
import java.util.function.Function;

/**
 * A network in one form.
 *
 * @param network its name
 * @param form {@code dense}, or what {@code bands} is called
 * @param source the network, in whatever form it came
 * @param bands of the canonical network; empty for dense
 */
public record Workload(String network, String form, Graph source, Optional<Function<Graph, BandsFile>> bands) {
  public static final String DENSE = "dense";

  /** A network of synthetic bands, or without. @param form {@link #DENSE}, or as {@link SyntheticBands} are written */
  public static Workload of(Graph source, String form) {
    Optional<Function<Graph, BandsFile>> bands =
        form.equals(DENSE) ? Optional.empty() : Optional.of(SyntheticBands.parse(form)::of);
    return new Workload(source.name(), form, source, bands);
  }

  /** The graph that kernels are made of, for the machine of {@code context} and with forms chosen in {@code mode}. */
  public Graph graph(ChooseForms.Mode mode, PassContext context) {
    Graph canonical = run(Pipelines.canonical(), source, context);
    return bands
        .map(rule -> rule.apply(canonical))
        .map(all -> run(frequency(mode), canonical, context.with(all)))
        .orElse(canonical);
  }

  private static Pipeline frequency(ChooseForms.Mode mode) {
    return Pipelines.frequency().with(new ChooseForms(new ChooseForms.Options(mode)));
  }

  private static Graph run(Pipeline pipeline, Graph graph, PassContext context) {
    return PassManager.verifying().run(pipeline, graph, context);
  }

  @Override
  public String toString() {
    return network + " " + form;
  }
}
