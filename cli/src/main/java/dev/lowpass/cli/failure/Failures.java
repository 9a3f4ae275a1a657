package dev.lowpass.cli.failure;

import dev.lowpass.cli.report.Terminal;
import dev.lowpass.ir.LowpassException;
import dev.lowpass.runtime.LowpassRuntimeException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns what went wrong into one line on the terminal and an exit code; a bug also into a reproducer file. */
public final class Failures implements IExecutionExceptionHandler, IParameterExceptionHandler {
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
    say("LP7002 %s: %s; see %s --help".formatted(command, what, command));
    return ExitCode.USAGE;
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
    return switch (problem) {
      case LowpassException e -> input(firstLine(e));
      case LowpassRuntimeException e -> input(firstLine(e));
      case IOException e -> input(ofFile(e));
      case UncheckedIOException e -> input(ofFile(e.getCause()));
      // Natives are loaded when the first class that needs them is.
      case ExceptionInInitializerError e when e.getCause() instanceof LowpassRuntimeException cause ->
          input(firstLine(cause));
      case OutOfMemoryError e -> input("LP7003 memory: not enough; give more with JAVA_TOOL_OPTIONS=-Xmx8g");
      default -> bug(problem);
    };
  }

  private int input(String line) {
    say(line);
    return ExitCode.INPUT;
  }

  private static String ofFile(IOException e) {
    return switch (e) {
      case NoSuchFileException missing -> "LP7001 " + missing.getFile() + ": no such file or folder";
      case AccessDeniedException denied -> "LP7001 " + denied.getFile() + ": access denied";
      case FileSystemException other -> "LP7001 %s: %s".formatted(other.getFile(), other.getReason());
      default -> "LP7001 input or output: " + firstLine(e);
    };
  }

  private int bug(Throwable problem) {
    String what = "LP7070 lowpass: a bug of ours (%s)".formatted(firstLine(problem));
    try {
      Path file = Reproducer.of(problem, arguments).write(reproducers);
      say(what + "; please report it with the file " + file);
    } catch (IOException e) {
      say(what + "; please report it; no reproducer, since " + reproducers + " cannot be written");
    }
    return ExitCode.BUG;
  }

  private void say(String line) {
    terminal.err().println(line);
  }

  static String firstLine(Throwable problem) {
    String message = problem.getMessage();
    String named = message == null || message.isBlank() ? problem.getClass().getSimpleName() : message;
    return named.lines().filter(line -> !line.isBlank()).findFirst().orElse(named);
  }
}
