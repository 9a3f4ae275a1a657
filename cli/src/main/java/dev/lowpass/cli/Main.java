package dev.lowpass.cli;

import dev.lowpass.cli.command.LowpassCommand;
import dev.lowpass.cli.failure.ExitCode;
import dev.lowpass.cli.failure.Failures;
import dev.lowpass.cli.report.Terminal;
import dev.lowpass.codegen.build.DeepStack;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/** The process entry of {@code lowpass}. */
public final class Main {
  private static final String NOT_ARRIVED = "not all results could be written; standard output is full, or nobody reads it";

  private Main() {}

  public static void main(String[] arguments) {
    // Numbers look the same everywhere: output is compared and parsed.
    Locale.setDefault(Locale.ROOT);
    // Java2D fills shapes and ImageIO decodes pictures without a display.
    System.setProperty("java.awt.headless", "true");
    Terminal terminal = Terminal.ofProcess();
    Path reproducers = Path.of(System.getProperty("java.io.tmpdir"));
    // Other engines recurse through what a file tells them, too.
    int code = DeepStack.call(() -> run(terminal, reproducers, arguments));
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
      int code = LowpassCommand.line(terminal, failures).execute(arguments);
      return code == ExitCode.OK && !terminal.arrived() ? failures.exitCode(new IOException(NOT_ARRIVED)) : code;
    } catch (Error e) {
      return failures.exitCode(e);
    } finally {
      terminal.flush();
    }
  }
}
