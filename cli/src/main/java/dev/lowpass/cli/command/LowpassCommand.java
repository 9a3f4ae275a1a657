package dev.lowpass.cli.command;

import dev.lowpass.cli.failure.Failures;
import dev.lowpass.cli.report.Terminal;
import dev.lowpass.cli.report.Versions;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** {@code lowpass} itself: names the subcommands. */
@Command(
    name = "lowpass",
    description = "Compiles convolutional networks, dropping the frequencies that each channel can do without.",
    mixinStandardHelpOptions = true,
    versionProvider = Versions.class,
    scope = ScopeType.INHERIT,
    synopsisSubcommandLabel = "COMMAND",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:fine", "1:the input is at fault", "2:the command line is at fault", "70:a bug of Lowpass"})
public final class LowpassCommand implements Runnable {
  private static final int HELP_COLUMNS = 110;

  @Spec private CommandSpec spec;

  private LowpassCommand() {}

  /** The parser of command lines, with all subcommands; they write to {@code terminal}. */
  public static CommandLine line(Terminal terminal, Failures failures) {
    CommandLine line = new CommandLine(new LowpassCommand());
    line.addSubcommand(new DemoCommand(terminal))
        .addSubcommand(new CompileCommand(terminal))
        .addSubcommand(new RunCommand(terminal))
        .addSubcommand(new BenchCommand(terminal))
        .addSubcommand(new EvalCommand(terminal))
        .addSubcommand(new CalibrateCommand(terminal))
        .addSubcommand(new LearnCommand(terminal))
        .addSubcommand(new FrontierCommand(terminal))
        .addSubcommand(new TestOnnxCommand(terminal))
        .addSubcommand(new InspectCommand(terminal))
        .addSubcommand(new OptCommand(terminal))
        .addSubcommand(new NativesCommand(terminal))
        .addSubcommand(new DoctorCommand(terminal));
    return line.setOut(terminal.out())
        .setErr(terminal.err())
        .setColorScheme(Help.defaultColorScheme(terminal.interactive() ? Help.Ansi.ON : Help.Ansi.OFF))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpWidth(HELP_COLUMNS)
        .setUsageHelpAutoWidth(false)
        .setExecutionStrategy(LowpassCommand::execute)
        .setParameterExceptionHandler(failures)
        .setExecutionExceptionHandler(failures);
  }

  /** picocli lets a request for help excuse words that it does not know; their writer would read the wrong help. */
  private static int execute(ParseResult parsed) {
    for (CommandLine line : parsed.asCommandLineList()) {
      List<String> unknown = line.getUnmatchedArguments();
      if (!unknown.isEmpty()) {
        throw new UnmatchedArgumentException(line, unknown);
      }
    }
    return new CommandLine.RunLast().execute(parsed);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "which command? One of " + commands());
  }

  private String commands() {
    return String.join(", ", spec.subcommands().keySet());
  }
}
