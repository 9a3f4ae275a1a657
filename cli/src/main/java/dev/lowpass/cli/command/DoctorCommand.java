package dev.lowpass.cli.command;

import dev.lowpass.cli.doctor.Examination;
import dev.lowpass.cli.doctor.Finding;
import dev.lowpass.cli.failure.ExitCode;
import dev.lowpass.cli.option.OutputOptions;
import dev.lowpass.cli.report.Json;
import dev.lowpass.cli.report.Table;
import dev.lowpass.cli.report.Terminal;
import dev.lowpass.cli.report.Versions;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code lowpass doctor}: what this machine has. */
@Command(
    name = "doctor",
    description = "Says what this machine has for compiling and running, and what each missing thing takes.")
final class DoctorCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private OutputOptions form = new OutputOptions();

  DoctorCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
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
