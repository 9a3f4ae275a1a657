package dev.lowpass.cli.report;

import java.io.Console;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/**
 * Where a command writes.
 *
 * @param out results
 * @param err progress, warnings and errors
 * @param interactive whether a person is looking on: then there are colours and progress bars
 */
public record Terminal(PrintWriter out, PrintWriter err, boolean interactive) {
  /** The terminal that this process was started from. */
  public static Terminal ofProcess() {
    Console console = System.console();
    boolean interactive = console != null && console.isTerminal() && System.getenv("NO_COLOR") == null;
    return new Terminal(writer(System.out), writer(System.err), interactive);
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(stream, true, StandardCharsets.UTF_8);
  }

  /** Writes one line of results. */
  public void line(String text) {
    out.println(text);
  }

  /** {@code text} in bold where there are colours. */
  public String strong(String text) {
    return interactive ? "\u001b[1m" + text + "\u001b[0m" : text;
  }

  /** {@code text} in grey where there are colours. */
  public String faint(String text) {
    return interactive ? "\u001b[2m" + text + "\u001b[0m" : text;
  }

  /** Everything written so far is on its way. */
  public void flush() {
    out.flush();
    err.flush();
  }
}
