package dev.lowpass.testsuite.learning;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.lowpass.codegen.Compilation;
import dev.lowpass.codegen.CompileOptions;
import dev.lowpass.codegen.Compiler;
import dev.lowpass.codegen.Progress;
import dev.lowpass.codegen.backend.Backend;
import dev.lowpass.codegen.backend.Backends;
import dev.lowpass.codegen.check.Workbench;
import dev.lowpass.ir.BandLimit;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.bands.BandsFile;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.interpreter.Difference;
import dev.lowpass.ir.interpreter.SeededInputs;
import dev.lowpass.ir.op.Pointwise;
import dev.lowpass.learn.choice.TimeModel;
import dev.lowpass.learn.network.BandMasks;
import dev.lowpass.learn.network.Network;
import dev.lowpass.learn.network.TrainingEngine;
import dev.lowpass.passes.Pipelines;
import dev.lowpass.passes.frequency.PointwiseLayer;
import dev.lowpass.passes.pass.PassContext;
import dev.lowpass.passes.pass.PassManager;
import dev.lowpass.testsuite.law.MobileGraph;
import dev.lowpass.testsuite.law.MobileGraph.Keep;
import dev.lowpass.testsuite.law.MobileGraph.Recipe;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

/** What is trained is what is compiled: generated networks with residuals, squeeze-excite, joins and splits. */
class TrainedNetworkProperties {
  /** The same networks in every build, so that a failure is the change's; for a soak, write another number. */
  private static final String SEED = "20261130";

  private static final double TOLERANCE = 1e-5;

  /**
   * Without the cost decision, which would leave such small layers dense, and without compaction, which keeps more of a
   * channel than was asked for.
   */
  private static final CompileOptions ALL_LAYERS =
      CompileOptions.defaults()
          .withPipeline(Pipelines.standard().without("choose-forms").without("compact-bands").toString())
          .withCheck(false);

  @Provide
  Arbitrary<Recipe> recipes() {
    return Combinators.combine(Arbitraries.integers().between(1, 3), Arbitraries.of(Keep.RANDOM), Arbitraries.longs())
        .as(Recipe::new);
  }

  @Property(tries = 12, seed = SEED, shrinking = ShrinkingMode.OFF)
  void everyLayerComputesWhatTheCompiledOneDoes(@ForAll("recipes") Recipe recipe) {
    BandsFile bands = bands(MobileGraph.of(recipe));
    Graph graph = withAllLayersAsOutputs(MobileGraph.of(recipe.with(Keep.DENSE)));
    Map<String, Tensor> inputs = SeededInputs.of(graph, 5);
    Map<String, Tensor> compiled = compiled(graph, bands, inputs);
    try (NDManager manager = TrainingEngine.newManager();
        Network network = Network.of(graph, manager);
        BandMasks masks = BandMasks.of(graph, bands, manager)) {
      Map<String, NDArray> given = new LinkedHashMap<>();
      inputs.forEach((name, tensor) -> given.put(name, array(manager, tensor)));
      NDList outputs = network.run(manager, given, masks);
      for (int i = 0; i < outputs.size(); i++) {
        Graph.Output output = graph.outputs().get(i);
        Tensor trained = Tensor.of(outputs.get(i).toFloatArray(), output.value().type().shape());
        Difference difference = Difference.between(trained, compiled.get(output.name()));
        assertThat(difference.isWithin(TOLERANCE)).as("%s: %s", output.name(), difference).isTrue();
      }
    }
  }

  @Property(tries = 8, seed = SEED, shrinking = ShrinkingMode.OFF)
  void thePredictedTimeIsTheCompilersOwn(@ForAll("recipes") Recipe recipe) {
    BandsFile bands = bands(MobileGraph.of(recipe));
    Graph graph = MobileGraph.of(recipe.with(Keep.DENSE));
    CompileOptions options = CompileOptions.defaults().withCheck(false).withBands(bands);
    Compilation compilation = new Compiler().compile(graph, options, Progress.silent());
    Backend backend = Backends.parse("cpu");
    PassContext context = PassContext.of(backend.machine());
    Graph canonical = PassManager.verifying().run(Pipelines.canonical(), graph, context);
    double predicted = new TimeModel(canonical, backend.machine(), backend.prices()).of(bands);
    assertThat(predicted).isEqualTo(compilation.report().prediction().orElseThrow().chosen());
  }

  private static Graph withAllLayersAsOutputs(Graph graph) {
    List<Graph.Output> outputs = new ArrayList<>(graph.outputs());
    graph.nodes().stream()
        .filter(node -> node.op() instanceof Pointwise)
        .filter(node -> !graph.isOutput(node.result()))
        .forEach(node -> outputs.add(new Graph.Output(node.name(), node.result())));
    return new Graph(graph.name(), graph.inputs(), graph.nodes(), outputs);
  }

  private static BandsFile bands(Graph graph) {
    SequencedMap<String, BandLimit> limits = new LinkedHashMap<>();
    for (PointwiseLayer layer : PointwiseLayer.of(graph)) {
      layer.limit().ifPresent(limit -> limits.put(layer.name(), limit));
    }
    return new BandsFile(limits);
  }

  private static Map<String, Tensor> compiled(Graph graph, BandsFile bands, Map<String, Tensor> inputs) {
    Compilation compilation = new Compiler().compile(graph, ALL_LAYERS.withBands(bands), Progress.silent());
    try (Workbench bench = compilation.workbench(1)) {
      bench.poison();
      bench.fill(inputs);
      bench.run(1, 0, bench.plan().steps().size());
      Map<String, Tensor> outputs = new LinkedHashMap<>();
      bench.plan().outputs().forEach(slot -> outputs.put(slot.name(), bench.read(slot).reshaped(slot.shape())));
      return outputs;
    }
  }

  private static NDArray array(NDManager manager, Tensor tensor) {
    long[] extents = tensor.shape().dims().stream().mapToLong(Integer::longValue).toArray();
    return manager.create(tensor.floats(), new Shape(extents));
  }
}
