package dev.lowpass.cli.command;

import dev.lowpass.cli.failure.ExitCode;
import dev.lowpass.cli.option.BandsOption;
import dev.lowpass.cli.option.OutputOptions;
import dev.lowpass.cli.option.PassRunOptions;
import dev.lowpass.cli.option.PricesOption;
import dev.lowpass.cli.option.TargetOption;
import dev.lowpass.cli.report.DecisionTable;
import dev.lowpass.cli.report.Json;
import dev.lowpass.cli.report.Table;
import dev.lowpass.cli.report.Terminal;
import dev.lowpass.codegen.backend.Backend;
import dev.lowpass.codegen.backend.Backends;
import dev.lowpass.codegen.plan.PlanText;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.text.IrFile;
import dev.lowpass.ir.text.IrText;
import dev.lowpass.passes.PassCatalog;
import dev.lowpass.passes.Pipelines;
import dev.lowpass.passes.cost.PricedModel;
import dev.lowpass.passes.pass.PassContext;
import dev.lowpass.passes.pass.PassListener;
import dev.lowpass.passes.pass.PassManager;
import dev.lowpass.passes.pass.PassTiming;
import dev.lowpass.passes.pass.Pipeline;
import dev.lowpass.passes.pass.PrintGraphs;
import dev.lowpass.passes.pass.Report;
import dev.lowpass.passes.pass.VerifyEach;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lowpass opt}: passes on IR text. */
@Command(name = "opt", description = "Runs passes on IR text and prints the result.")
final class OptCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "IR", arity = "0..1", description = "IR text; large constants beside it in a .weights file.")
  private @Nullable Path file;

  @Option(
      names = "--passes",
      paramLabel = "PIPELINE",
      description = "For example fold-constants,recognize-pointwise; by default what compile runs.")
  private @Nullable String passes;

  @Mixin private BandsOption bands = new BandsOption();

  @Option(
      names = "--target",
      paramLabel = "TARGET",
      defaultValue = "cpu:x86-64-v4",
      completionCandidates = TargetOption.Names.class,
      description = "What forms, bands and kernels are chosen for, as of compile; ${DEFAULT-VALUE} unless given.")
  private String target = "cpu:x86-64-v4";

  @Mixin private PricesOption prices = new PricesOption();

  @Option(names = "--list-passes", description = "Print all passes with their options.")
  private boolean list;

  @Option(
      names = "--print-ir-before",
      paramLabel = "PASS",
      split = ",",
      description = "Print the graph before these passes, to the error stream; or all.")
  private List<String> printBefore = new ArrayList<>();

  @Mixin private PassRunOptions passRun = new PassRunOptions();

  @Option(
      names = "--plan",
      description = "Also print the kernels that the result becomes: fusion, layouts, memory.")
  private boolean plan;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Write the result and its constants there.")
  private @Nullable Path output;

  @Mixin private OutputOptions form = new OutputOptions();

  OptCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    if (list) {
      listPasses();
      return ExitCode.OK;
    }
    if (file == null) {
      throw new ParameterException(spec.commandLine(), "an IR file is missing");
    }
    Pipeline pipeline = passes == null ? Pipelines.standard() : Pipelines.parse(passes);
    Backend backend = Backends.parse(target);
    PricedModel priced = prices.toOrigin().resolve(backend);
    PassContext context = new PassContext(backend.machine(), priced, bands.read(), new Report());
    Graph graph = IrFile.read(file);
    PassTiming timing = new PassTiming();
    Graph result = new PassManager(listeners(timing)).run(pipeline, graph, context);
    if (output != null) {
      IrFile.write(result, output);
    }
    if (form.json()) {
      terminal.line(json(pipeline, result, context.report(), timing).toString());
    } else {
      print(backend, result, context.report(), timing);
    }
    return ExitCode.OK;
  }

  private List<PassListener> listeners(PassTiming timing) {
    List<PassListener> listeners = new ArrayList<>();
    if (passRun.verifyEach()) {
      listeners.add(new VerifyEach());
    }
    Set<String> before = new TreeSet<>(printBefore);
    Set<String> after = new TreeSet<>(passRun.printAfter());
    listeners.add(new PrintGraphs(before, after, terminal.err()::println));
    listeners.add(timing);
    return listeners;
  }

  private static Json json(Pipeline pipeline, Graph result, Report report, PassTiming timing) {
    List<Json> steps =
        timing.steps().stream()
            .map(
                step ->
                    new Json()
                        .with("pass", step.pass())
                        .with("changes", step.applications())
                        .with("milliseconds", step.time().toNanos() / 1e6))
            .toList();
    return new Json()
        .with("pipeline", pipeline.toString())
        .with("graph", IrText.print(result))
        .with("steps", steps)
        .with("layers", DecisionTable.of(report.decisions()).toJson())
        .with("remarks", report.remarks());
  }

  private void print(Backend backend, Graph result, Report report, PassTiming timing) {
    if (output == null) {
      terminal.line(IrText.print(result).stripTrailing());
    }
    report.remarks().forEach(remark -> terminal.line("; " + remark));
    if (plan) {
      PlanText.of(backend.plan(result)).lines().forEach(line -> terminal.line("; " + line));
    }
    if (passRun.timing()) {
      terminal.err().print(timing);
    }
  }

  private void listPasses() {
    List<PassCatalog.Entry> entries = PassCatalog.entries();
    if (form.json()) {
      List<Json> all =
          entries.stream()
              .map(e -> new Json().with("name", e.name()).with("summary", e.summary()).with("options", e.options()))
              .toList();
      terminal.line(new Json().with("passes", all).toString());
      return;
    }
    Table table = new Table("pass", "what it does", "options");
    for (PassCatalog.Entry entry : entries) {
      table.row(entry.name(), entry.summary(), entry.options().isEmpty() ? "" : entry.options().toString());
    }
    table.print(terminal);
  }
}
