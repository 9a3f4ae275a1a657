package dev.lowpass.cli;

import java.nio.file.Path;
import java.util.Locale;
import picocli.CommandLine;

/** The process entry of {@code lowpass}. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    // Numbers look the same everywhere: output is compared and parsed.
    Locale.setDefault(Locale.ROOT);
    // Java2D fills shapes and ImageIO decodes pictures without a display.
    System.setProperty("java.awt.headless", "true");
    Terminal terminal = Terminal.ofProcess();
    int code = run(terminal, Path.of(System.getProperty("java.io.tmpdir")), arguments);
    System.exit(code);
  }

  /**
   * Runs one command line.
   *
   * @param reproducers the folder for reproducer files
   * @return the exit code, see {@link ExitCode}
   */
  public static int run(Terminal terminal, Path reproducers, String... arguments) {
    Failures failures = new Failures(terminal, reproducers, arguments);
    try {
      return commandLine(terminal, failures).execute(arguments);
    } catch (Error e) {
      return failures.exitCode(e);
    } finally {
      terminal.flush();
    }
  }

  static CommandLine commandLine(Terminal terminal, Failures failures) {
    CommandLine line = new CommandLine(new LowpassCommand());
    line.addSubcommand(new DemoCommand(terminal))
        .addSubcommand(new CompileCommand(terminal))
        .addSubcommand(new RunCommand(terminal))
        .addSubcommand(new BenchCommand(terminal))
        .addSubcommand(new EvalCommand(terminal))
        .addSubcommand(new TestOnnxCommand(terminal))
        .addSubcommand(new InspectCommand(terminal))
        .addSubcommand(new OptCommand(terminal))
        .addSubcommand(new DoctorCommand(terminal));
    return line.setOut(terminal.out())
        .setErr(terminal.err())
        .setColorScheme(
            CommandLine.Help.defaultColorScheme(
                terminal.interactive() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF))
        .setUsageHelpWidth(110)
        .setUsageHelpAutoWidth(false)
        .setParameterExceptionHandler(failures)
        .setExecutionExceptionHandler(failures);
  }
}
