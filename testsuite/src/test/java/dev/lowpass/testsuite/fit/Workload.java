package dev.lowpass.testsuite.fit;

import dev.lowpass.ir.bands.BandsFile;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.passes.Pipelines;
import dev.lowpass.passes.forms.ChooseForms;
import dev.lowpass.passes.pass.PassContext;
import dev.lowpass.passes.pass.PassManager;
import dev.lowpass.passes.pass.Pipeline;
import dev.lowpass.testsuite.model.SharedFolder;
import dev.lowpass.testsuite.model.TestModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A model in one form.
 *
 * @param form {@code dense}, the name of a bands file ({@code keep75}), or a rule for {@link SyntheticBands}
 */
record Workload(TestModel model, String form) {
  static final String DENSE = "dense";

  /** What the constants are fitted to: dense, both sides of the blocks low-passed, projections alone. */
  static final List<Workload> ALL = all();

  private static List<Workload> all() {
    List<Workload> all = new ArrayList<>();
    add(all, "mobilenet_v2_1.0_224", DENSE, "keep75", "keep58", "square-7-0.5", "zigzag-7-0.6-0.25");
    add(all, "mobilenet_v2_1.0_224", "square-7-0.5-project", "zigzag-7-0.6-0.2-project");
    add(all, "mobilenet_v1_0.75_192", DENSE, "square-6-0.5");
    add(all, "mobilenet_v1_0.25_128", DENSE, "zigzag-4-0.5-0.2");
    add(all, TestModel.TEXT_DIRECTION.name(), DENSE, "square-6-0.5");
    return List.copyOf(all);
  }

  private static void add(List<Workload> workloads, String model, String... forms) {
    for (String form : forms) {
      workloads.add(new Workload(TestModel.of(model), form));
    }
  }

  /** Whether this machine has the model. */
  boolean isHere() throws IOException {
    return model.bytes().isPresent();
  }

  /** The graph that kernels are made of, with layers in the form that {@code choice} gives them for the machine of {@code context}. */
  Graph graph(ChooseForms choice, PassContext context) throws IOException {
    Graph canonical = run(Pipelines.canonical(), model.imported(model.bytes().orElseThrow()), context);
    if (form.equals(DENSE)) {
      return canonical;
    }
    return run(Pipelines.frequency().with(choice), canonical, context.with(bands(canonical)));
  }

  private BandsFile bands(Graph canonical) throws IOException {
    Optional<Path> file = SharedFolder.find("bands/" + model + "." + form + ".bands");
    return file.isPresent()
        ? BandsFile.parse(Files.readString(file.get()), file.get().toString())
        : SyntheticBands.parse(form).of(canonical);
  }

  private static Graph run(Pipeline pipeline, Graph graph, PassContext context) {
    return PassManager.verifying().run(pipeline, graph, context);
  }

  @Override
  public String toString() {
    return model + " " + form;
  }
}
