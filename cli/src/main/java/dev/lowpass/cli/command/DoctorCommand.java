package dev.lowpass.cli.command;

import dev.lowpass.cli.doctor.Examination;
import dev.lowpass.cli.doctor.Finding;
import dev.lowpass.cli.failure.ExitCode;
import dev.lowpass.cli.option.OutputOptions;
import dev.lowpass.cli.option.TargetOption;
import dev.lowpass.cli.report.Json;
import dev.lowpass.cli.report.PriceTable;
import dev.lowpass.cli.report.Quantity;
import dev.lowpass.cli.report.StageBar;
import dev.lowpass.cli.report.Table;
import dev.lowpass.cli.report.Terminal;
import dev.lowpass.cli.report.Versions;
import dev.lowpass.codegen.backend.Backend;
import dev.lowpass.codegen.backend.Backends;
import dev.lowpass.codegen.fit.FitErrors;
import dev.lowpass.codegen.fit.MachinePrices;
import dev.lowpass.codegen.fit.MeasuredPrices;
import dev.lowpass.ir.LowpassException;
import dev.lowpass.passes.cost.PricedModel;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code lowpass doctor}: what this machine has, and how fast it is. */
@Command(
    name = "doctor",
    description = "Says what this machine has for compiling and running, and what each missing thing takes.")
final class DoctorCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Option(
      names = "--measure",
      description =
          "Measure what work costs on this machine, in about two minutes, and keep the prices for"
              + " compile --prices measured.")
  private boolean measure;

  @Option(
      names = "--target",
      paramLabel = "TARGET",
      completionCandidates = TargetOption.Names.class,
      description = "With --measure: what to measure, one of ${COMPLETION-CANDIDATES}; cpu unless given.")
  private @Nullable String target;

  @Mixin private OutputOptions form = new OutputOptions();

  DoctorCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    if (measure) {
      measure(Backends.parse(target == null ? "cpu" : target));
      return ExitCode.OK;
    }
    if (target != null) {
      throw new LowpassException("LP7033", "--target", "says what to measure; add --measure, or leave it out");
    }
    List<Finding> findings = Examination.findings();
    if (form.json()) {
      List<Json> all = findings.stream().map(DoctorCommand::toJson).toList();
      terminal.line(new Json().with("lowpass", Versions.lowpass()).with("findings", all).toString());
    } else {
      print(findings);
    }
    boolean broken = findings.stream().anyMatch(finding -> finding.state() == Finding.State.BROKEN);
    return broken ? ExitCode.INPUT : ExitCode.OK;
  }

  private void measure(Backend backend) {
    MachinePrices own = MachinePrices.of(backend);
    MeasuredPrices measured;
    try (StageBar bar = new StageBar(terminal, "measure")) {
      measured = own.measure(bar);
    }
    PricedModel prices = measured.model(backend);
    FitErrors errors = measured.errors();
    if (form.json()) {
      Json fit =
          new Json()
              .with("steps", errors.steps())
              .with("medianError", errors.median())
              .with("ninetiethError", errors.ninetieth());
      terminal.line(
          new Json()
              .with("target", backend.name())
              .with("prices", PriceTable.toJson(prices))
              .with("fit", fit)
              .with("file", own.file().toString())
              .toString());
      return;
    }
    new PriceTable(prices, backend.prices()).print(terminal);
    terminal.line(
        "%d steps are predicted within %s, the median, and %s, nine of ten"
            .formatted(errors.steps(), Quantity.percent(errors.median()), Quantity.percent(errors.ninetieth())));
    terminal.line(
        "%s: kept in %s; compile with --prices measured"
            .formatted(backend.name(), terminal.strong(own.file().toString())));
  }

  private void print(List<Finding> findings) {
    Table table = new Table("", "what", "found", "remedy");
    for (Finding finding : findings) {
      table.row(mark(finding.state()), finding.subject(), finding.detail(), finding.remedy());
    }
    table.print(terminal);
  }

  private static String mark(Finding.State state) {
    return switch (state) {
      case FINE -> "ok";
      case ABSENT -> "--";
      case BROKEN -> "!!";
    };
  }

  private static Json toJson(Finding finding) {
    return new Json()
        .with("what", finding.subject())
        .with("state", finding.state().name().toLowerCase(Locale.ROOT))
        .with("found", finding.detail())
        .with("remedy", finding.remedy());
  }
}
