package dev.lowpass.cli;

import dev.lowpass.cli.command.LowpassCommand;
import dev.lowpass.cli.failure.ExitCode;
import dev.lowpass.cli.failure.Failures;
import dev.lowpass.cli.report.Terminal;
import java.nio.file.Path;
import java.util.Locale;

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
      return LowpassCommand.line(terminal, failures).execute(arguments);
    } catch (Error e) {
      return failures.exitCode(e);
    } finally {
      terminal.flush();
    }
  }
}
