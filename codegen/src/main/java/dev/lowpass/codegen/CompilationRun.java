package dev.lowpass.codegen;

import dev.lowpass.codegen.artifact.CompilationReport;
import dev.lowpass.codegen.artifact.PlanSummary;
import dev.lowpass.codegen.artifact.Sections;
import dev.lowpass.codegen.artifact.TensorSpecs;
import dev.lowpass.codegen.backend.Backend;
import dev.lowpass.codegen.backend.CompiledPlan;
import dev.lowpass.codegen.emit.Library;
import dev.lowpass.codegen.plan.Plan;
import dev.lowpass.codegen.tune.Chooser;
import dev.lowpass.codegen.tune.Tuning;
import dev.lowpass.codegen.tune.TuningResult;
import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.Precision;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.bands.BandsFile;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.interpreter.Operations;
import dev.lowpass.ir.limit.Limit;
import dev.lowpass.passes.Pipelines;
import dev.lowpass.passes.cost.PricedModel;
import dev.lowpass.passes.forms.PointwiseCensus;
import dev.lowpass.passes.pass.PassContext;
import dev.lowpass.passes.pass.PassListener;
import dev.lowpass.passes.pass.PassManager;
import dev.lowpass.passes.pass.PassTiming;
import dev.lowpass.passes.pass.Pipeline;
import dev.lowpass.passes.pass.PrintGraphs;
import dev.lowpass.passes.pass.Report;
import dev.lowpass.passes.pass.VerifyEach;
import dev.lowpass.runtime.TensorSpec;
import dev.lowpass.runtime.artifact.Manifest;
import dev.lowpass.runtime.natives.Natives;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** One compilation for one size: its stages, in the order in which {@link #compile} goes through them. */
final class CompilationRun {
  private static final String VERSION = "lowpass 0.1.0";
  private static final int STAGES = 6;

  /** Steps of the progress bar for each thing that a search for choices does. */
  private static final int SEARCH_PARTS = 100;

  private final CompileOptions options;
  private final Backend backend;
  private final PricedModel prices;
  private final JointArtifact artifact;
  private final Consumer<String> printer;
  private final StageMeter meter;

  /** @param artifact of which this is a size */
  CompilationRun(
      CompileOptions options,
      Backend backend,
      JointArtifact artifact,
      Consumer<String> printer,
      Progress progress) {
    this.options = options;
    this.backend = backend;
    this.prices = options.prices().resolve(backend);
    this.artifact = artifact;
    this.printer = printer;
    this.meter = new StageMeter(progress, STAGES);
  }

  /**
   * What came of a compilation.
   *
   * @param check what the whole artifact is to be checked for, if it is
   */
  record Outcome(Compilation compilation, Optional<SeededCheck> check) {}

  Outcome compile(Supplier<SourceModel> model) {
    meter.begin("import");
    SourceModel source = model.get();
    if (options.check()) {
      requireCheckable(source.graph());
    }
    meter.begin("passes");
    Optimized optimized = optimize(source);
    meter.begin("plan");
    Plan plan = backend.plan(optimized.graph());
    lookAtRounding(optimized, TensorSpecs.of(plan.inputs()));
    artifact.take(source.name(), TensorSpecs.of(plan.inputs()));
    options.limits().check(Limit.MEMORY, source.name(), "what an inference keeps", plan.memory().bytes());
    // Says itself what is wrong with natives; the first class that needs them could not.
    Natives.load();
    TuningResult tuned = choose(optimized.graph(), plan);
    CompiledPlan code = build(plan, tuned);
    Manifest manifest = manifest(source, optimized, tuned, code);
    Compilation compilation =
        new Compilation(
            optimized.graph(), code, optimized.report(), prices, tuned.remarks(), manifest, source.files());
    meter.begin("check");
    Optional<SeededCheck> check =
        options.check()
            ? Optional.of(SeededCheck.run(compilation, asked(source, optimized.pipeline()), source.bands()))
            : Optional.empty();
    return new Outcome(compilation, check);
  }

  /** Said before the time of a compilation is spent. */
  private void requireCheckable(Graph graph) {
    long operations = Operations.of(graph);
    if (!options.limits().allows(Limit.CHECK, operations)) {
      throw new LowpassException(
          "LP4026",
          graph.name(),
          "comparing the artifact with the reference takes %d operations, and at most %d are spent on that"
                  .formatted(operations, options.limits().of(Limit.CHECK))
              + "; --no-check leaves it out, --limit check=%d takes the time".formatted(operations));
    }
  }

  private Optimized optimize(SourceModel source) {
    Pipeline pipeline = options.passes().pipeline().map(Pipelines::parse).orElseGet(() -> usual(source));
    Report report = new Report();
    source.remarks().forEach(report::remark);
    PassContext context = context(source, report);
    PassTiming timing = new PassTiming();
    Graph graph = new PassManager(listeners(timing)).run(pipeline, source.graph(), context);
    if (options.passes().timing()) {
      printer.accept(timing.toString());
    }
    if (report.prediction().isEmpty()) {
      report.predict(prediction(context, graph));
    }
    PointwiseCensus.lines(source.graph(), graph).forEach(report::remark);
    return new Optimized(graph, pipeline, report);
  }

  /** Takes as long as an inference of the reference, or two, for each input. */
  private void lookAtRounding(Optimized optimized, List<TensorSpec> inputs) {
    boolean auto = options.precision() == PrecisionChoice.AUTO;
    if (backend.machine().precision() == Precision.FLOAT32 || !(auto || options.check())) {
      return;
    }
    RoundingError error = RoundingError.of(optimized.graph(), backend.machine().precision(), examples(inputs));
    if (auto && !error.isSmall()) {
      throw new RoundedTooFar(error);
    }
    optimized.report().remark(error.toString());
  }

  private List<Map<String, Tensor>> examples(List<TensorSpec> inputs) {
    try {
      return options.examples().read(inputs);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Pipeline usual(SourceModel source) {
    if (source.bands().isEmpty()) {
      return Pipelines.dense();
    }
    return options.pictures().small() ? Pipelines.smallInput() : Pipelines.standard();
  }

  /** What the passes are to keep: the model on pictures of the size that it reads now. */
  private Graph asked(SourceModel source, Pipeline pipeline) {
    Pipeline shrinking = pipeline.upTo("shrink-input");
    return new PassManager(List.of()).run(shrinking, source.graph(), context(source, new Report()));
  }

  private PassContext context(SourceModel source, Report report) {
    return new PassContext(backend.machine(), prices, source.bands(), report);
  }

  /** Of a graph for which no pass chose forms: what it would take without its bands, nobody knows. */
  private static Report.Prediction prediction(PassContext context, Graph graph) {
    double time = context.prices().of(graph);
    return new Report.Prediction(context.predictedMachine(), context.bands().isEmpty() ? time : Double.NaN, time);
  }

  private List<PassListener> listeners(PassTiming timing) {
    List<PassListener> listeners = new ArrayList<>(List.of(timing));
    if (options.passes().verifyEach()) {
      listeners.add(new VerifyEach());
    }
    Set<String> printed = Set.copyOf(options.passes().printAfter());
    if (!printed.isEmpty()) {
      listeners.add(new PrintGraphs(Set.of(), printed, printer));
    }
    return listeners;
  }

  private TuningResult choose(Graph graph, Plan plan) {
    int parts = options.tuning() instanceof Tuning.Search ? SEARCH_PARTS : 0;
    meter.begin("choices", parts);
    return Chooser.choose(
        backend, graph, plan, options.tuning(), (what, part) -> meter.reached(what, (int) (part * parts)));
  }

  private CompiledPlan build(Plan plan, TuningResult tuned) {
    Library library = emit(plan, tuned);
    meter.begin("kernels", library.functions());
    Sections sections = backend.build(library, options.limits(), meter::reached);
    return new CompiledPlan(backend, plan, 1, library, sections);
  }

  private Library emit(Plan plan, TuningResult tuned) {
    try {
      return backend.emit(plan, List.of(tuned.choices()), artifact.parameters());
    } catch (ArithmeticException e) {
      throw new LowpassException(
          "LP4025", plan.name(), "weights as kernels read them, or offsets in memory, are more than 32 bits count", e);
    }
  }

  private Manifest manifest(SourceModel source, Optimized optimized, TuningResult tuned, CompiledPlan code) {
    Report passes = optimized.report();
    CompilationReport report =
        new CompilationReport(
            passes.decisions(),
            Chooser.record(backend, code.plan(), tuned.choices()),
            passes.prediction().orElseThrow(),
            CompilationReport.PricesUsed.of(prices),
            code.memory().largestLiveBytes(),
            passes.remarks(),
            source.bands().map(BandsFile::print).orElse(""),
            PlanSummary.of(code.plan()));
    Map<String, String> asked = new TreeMap<>(Map.of("passes", optimized.pipeline().toString()));
    if (code.backend().machine().precision() != Precision.FLOAT32) {
      asked.put("precision", code.backend().machine().precision().toString());
    }
    Manifest.Build build = new Manifest.Build(VERSION, asked);
    return code.manifest(new Manifest.Source(source.name(), source.sha256()), build, report.toJson());
  }
}
