package dev.lowpass.cli;

import dev.lowpass.cli.command.LowpassCommand;
import dev.lowpass.cli.failure.ExitCode;
import dev.lowpass.cli.failure.Failures;
import dev.lowpass.cli.report.Terminal;
import dev.lowpass.codegen.build.DeepStack;
import dev.lowpass.codegen.temporary.TemporaryFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;

/** The process entry of {@code lowpass}. */
public final class Main {
  /** What the virtual machine makes of a byte that the locale has no letter for. */
  private static final char UNKNOWN = '\ufffd';

  private static final String NO_SUCH_LETTERS =
      "LP7005 lowpass: an argument has letters that the locale does not know; set LC_ALL=C.UTF-8";

  private static final String NOT_ARRIVED = "not all results could be written; standard output is full, or nobody reads it";

  /** As shells say it: 128 and the number of SIGINT. */
  private static final int INTERRUPTED = 130;

  private Main() {}

  public static void main(String[] arguments) {
    // Numbers look the same everywhere: output is compared and parsed.
    Locale.setDefault(Locale.ROOT);
    // Java2D fills shapes and ImageIO decodes pictures without a display.
    System.setProperty("java.awt.headless", "true");
    Terminal terminal = Terminal.ofProcess();
    if (Arrays.stream(arguments).anyMatch(argument -> argument.indexOf(UNKNOWN) >= 0)) {
      terminal.err().println(NO_SUCH_LETTERS);
      System.exit(ExitCode.USAGE);
    }
    AtomicBoolean finished = new AtomicBoolean();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> endAtOnce(finished), "lowpass-interrupted"));
    Path reproducers = Path.of(System.getProperty("java.io.tmpdir"));
    // Other engines recurse through what a file tells them, too.
    int code = DeepStack.call(() -> run(terminal, reproducers, arguments));
    finished.set(true);
    System.exit(code);
  }

  /** Ends an interrupted process, threads of which may be at work in native libraries. */
  private static void endAtOnce(AtomicBoolean finished) {
    if (!finished.get()) {
      TemporaryFolder.awaitDeletion();
      AbruptEnd.of(INTERRUPTED);
    }
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
