package dev.lowpass.codegen;

import dev.lowpass.codegen.artifact.CompilationReport;
import dev.lowpass.codegen.artifact.TensorSpecs;
import dev.lowpass.codegen.emit.Library;
import dev.lowpass.codegen.plan.Plan;
import dev.lowpass.codegen.tune.Tuning;
import dev.lowpass.codegen.tune.TuningResult;
import dev.lowpass.ir.Graph;
import dev.lowpass.ir.bands.BandsFile;
import dev.lowpass.ir.onnx.ImportOptions;
import dev.lowpass.ir.onnx.ImportedModel;
import dev.lowpass.ir.onnx.OnnxReader;
import dev.lowpass.passes.Pipelines;
import dev.lowpass.passes.cost.Prices;
import dev.lowpass.passes.pass.PassContext;
import dev.lowpass.passes.pass.PassListener;
import dev.lowpass.passes.pass.PassManager;
import dev.lowpass.passes.pass.PassTiming;
import dev.lowpass.passes.pass.Pipeline;
import dev.lowpass.passes.pass.PrintGraphs;
import dev.lowpass.passes.pass.Report;
import dev.lowpass.passes.pass.VerifyEach;
import dev.lowpass.runtime.artifact.Manifest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** From a trained ONNX model to an artifact. Stateless, and safe to use from several threads. */
public final class Compiler {
  private static final String VERSION = "lowpass 0.1.0";
  private static final int STAGES = 5;

  /** Steps of the progress bar for each thing that a search for choices does. */
  private static final int TUNING_PARTS = 100;

  private final Consumer<String> printer;

  /** A compiler that drops what {@code printIrAfter} and {@code passTiming} ask for. */
  public Compiler() {
    this(_ -> {});
  }

  /** A compiler that sends what {@code printIrAfter} and {@code passTiming} ask for to {@code printer}. */
  public Compiler(Consumer<String> printer) {
    this.printer = printer;
  }

  /**
   * Compiles the model in a file.
   *
   * @throws dev.lowpass.ir.LowpassException for whatever is wrong with the model or the options
   */
  public Compilation compile(Path model, CompileOptions options, Progress progress) {
    progress.stage("import", 0, STAGES);
    ImportOptions shapes = new ImportOptions(new LinkedHashMap<>(options.shapes()), new LinkedHashMap<>());
    ImportedModel imported = OnnxReader.read(model, shapes);
    Report report = new Report();
    imported.remarks().forEach(report::remark);
    Optional<BandsFile> bands =
        options.dense()
            ? Optional.empty()
            : options.bands().or(() -> imported.bands().map(text -> BandsFile.parse(text, model + " (metadata)")));
    String name = String.valueOf(model.getFileName());
    return compile(name, imported.graph(), imported.sha256(), bands, options, report, progress);
  }

  /** Compiles a graph, for instance one of IR text. */
  public Compilation compile(Graph graph, CompileOptions options, Progress progress) {
    Optional<BandsFile> bands = options.dense() ? Optional.empty() : options.bands();
    return compile(graph.name(), graph, "0".repeat(64), bands, options, new Report(), progress);
  }

  private Compilation compile(
      String name,
      Graph graph,
      String sha256,
      Optional<BandsFile> bands,
      CompileOptions options,
      Report report,
      Progress progress) {
    Target target = Target.parse(options.target());
    if (options.check()) {
      target.requireDevice();
    }
    progress.stage("passes", 1, STAGES);
    Pipeline pipeline = options.passes().map(Pipelines::parse).orElse(usual(bands));
    PassContext context = new PassContext(target.machine(), Prices.of(target.machine()), bands, report);
    PassTiming timing = new PassTiming();
    Graph lowered = new PassManager(listeners(options, timing)).run(pipeline, graph, context);
    if (options.passTiming()) {
      printer.accept(timing.toString());
    }
    if (report.prediction().isEmpty()) {
      double time = context.prices().of(lowered);
      report.predict(new Report.Prediction(context.predictedMachine(), bands.isEmpty() ? time : Double.NaN, time));
    }
    progress.stage("plan", 2, STAGES);
    Plan plan = target.plan(lowered);
    int tuning = options.tuning() instanceof Tuning.Search ? TUNING_PARTS : 0;
    TuningResult tuned =
        target.tune(
            lowered,
            plan,
            options.tuning(),
            (what, part) -> progress.stage(what, 3 + (int) (part * tuning), STAGES + tuning));
    Library library = target.emit(plan, tuned.choices());
    int functions = library.processor().size() + library.device().size();
    int before = 3 + tuning;
    int total = STAGES + tuning + functions;
    progress.stage("kernels", before, total);
    byte[] code = target.build(library, done -> progress.stage("kernels", before + done, total));
    MemorySummary memory =
        new MemorySummary(
            library.parameters().length,
            library.scratchElements() * 4,
            library.privateElements() * 4,
            plan.memory().largestLiveSet() * 4);
    CompilationReport told =
        new CompilationReport(
            report.decisions(),
            target.record(plan, tuned.choices()),
            report.prediction().orElseThrow(),
            memory.largestLiveBytes(),
            report.remarks());
    Manifest manifest = manifest(name, sha256, target, pipeline, plan, memory, told);
    Compilation compilation =
        new Compilation(lowered, plan, report, tuned, manifest, memory, library, code);
    progress.stage("check", total - 1, total);
    if (options.check()) {
      SeededCheck.run(compilation, graph, bands);
    }
    progress.stage("done", total, total);
    return compilation;
  }

  private static Pipeline usual(Optional<BandsFile> bands) {
    return bands.isEmpty() ? Pipelines.dense() : Pipelines.standard();
  }

  private List<PassListener> listeners(CompileOptions options, PassTiming timing) {
    List<PassListener> listeners = new ArrayList<>(List.of(timing));
    if (options.verifyEach()) {
      listeners.add(new VerifyEach());
    }
    if (!options.printIrAfter().isEmpty()) {
      listeners.add(new PrintGraphs(Set.of(), Set.copyOf(options.printIrAfter()), printer));
    }
    return listeners;
  }

  private static Manifest manifest(
      String name,
      String sha256,
      Target target,
      Pipeline pipeline,
      Plan plan,
      MemorySummary memory,
      CompilationReport report) {
    return new Manifest(
        new Manifest.Source(name, sha256, TensorSpecs.of(plan.inputs()), TensorSpecs.of(plan.outputs())),
        new Manifest.Target(target.name(), "linux-x86_64", target.device(), target.host().requiredFlags()),
        new Manifest.Memory(
            memory.parameterBytes(),
            Math.max(Manifest.ARENA_ALIGNMENT, memory.scratchBytes()),
            memory.workerBytes()),
        plan.steps().stream().map(step -> step.name() + " [" + step.kind() + "]").toList(),
        new Manifest.Build(VERSION, Map.of("passes", pipeline.toString())),
        report.toJson());
  }
}
