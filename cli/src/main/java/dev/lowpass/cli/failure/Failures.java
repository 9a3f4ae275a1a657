package dev.lowpass.cli.failure;

import dev.lowpass.cli.report.Terminal;
import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.Printable;
import dev.lowpass.ir.file.FileProblem;
import dev.lowpass.runtime.LowpassRuntimeException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns what went wrong into one line on the terminal and an exit code; a bug also into a reproducer file. */
public final class Failures implements IExecutionExceptionHandler, IParameterExceptionHandler {
  /** More than a message has, so that none is cut that was bounded where it was made. */
  private static final int LONGEST_LINE = 6000;

  private static final String NO_MEMORY = "LP7003 memory: not enough; give more with JAVA_TOOL_OPTIONS=-Xmx8g";
  private static final String NO_STACK = "LP7003 stack: not enough; give more with JAVA_TOOL_OPTIONS=-Xss16m";

  private final Terminal terminal;
  private final Path reproducers;
  private final String[] arguments;

  public Failures(Terminal terminal, Path reproducers, String... arguments) {
    this.terminal = terminal;
    this.reproducers = reproducers;
    this.arguments = arguments;
  }

  @Override
  public int handleParseException(ParameterException e, String[] ignored) {
    String command = e.getCommandLine().getCommandSpec().qualifiedName(" ");
    String what = e instanceof UnmatchedArgumentException unknown ? UnknownWord.text(unknown) : firstLine(e);
    return say("LP7002 %s: %s; see %s --help".formatted(command, what, command), ExitCode.USAGE);
  }

  @Override
  public int handleExecutionException(Exception e, CommandLine line, ParseResult parsed) {
    if (e instanceof ParameterException usage) {
      return handleParseException(usage, arguments);
    }
    return exitCode(e);
  }

  /** Says what {@code problem} is, in one line. */
  public int exitCode(Throwable problem) {
    return switch (known(problem)) {
      case LowpassException e -> say(firstLine(e), ExitCode.of(e));
      case LowpassRuntimeException e -> say(firstLine(e), ExitCode.of(e));
      case FileSystemException e when e.getFile() != null ->
          say("LP7001 " + e.getFile() + ": " + FileProblem.of(e), ExitCode.INPUT);
      case IOException e -> say("LP7001 input or output: " + FileProblem.of(e), ExitCode.INPUT);
      case InvalidPathException e ->
          say("LP7001 " + e.getInput() + ": cannot be the name of a file here: " + e.getReason(), ExitCode.INPUT);
      case OutOfMemoryError e -> say(NO_MEMORY, ExitCode.INPUT);
      case StackOverflowError e -> say(NO_STACK, ExitCode.INPUT);
      default -> bug(problem);
    };
  }

  /** What of {@code problem} and its causes has an explanation: natives are loaded by whoever needs them first. */
  private static Throwable known(Throwable problem) {
    for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
      boolean explained =
          switch (cause) {
            case LowpassException _, LowpassRuntimeException _, OutOfMemoryError _ -> true;
            default -> false;
          };
      if (explained) {
        return cause;
      }
    }
    return problem instanceof UncheckedIOException file ? file.getCause() : problem;
  }

  private int bug(Throwable problem) {
    String what = "LP7070 lowpass: a bug of ours (%s)".formatted(firstLine(problem));
    try {
      Path file = Reproducer.of(problem, arguments).write(reproducers);
      return say(what + "; please report it with the file " + file, ExitCode.BUG);
    } catch (IOException e) {
      String why = "no reproducer, since " + reproducers + " cannot be written";
      return say(what + "; please report it; " + why, ExitCode.BUG);
    }
  }

  private int say(String line, int code) {
    terminal.err().println(Printable.oneLine(line, LONGEST_LINE));
    return code;
  }

  static String firstLine(Throwable problem) {
    String message = problem.getMessage();
    String named = message == null || message.isBlank() ? problem.getClass().getSimpleName() : message;
    return named.lines().filter(line -> !line.isBlank()).findFirst().orElse(named);
  }
}
