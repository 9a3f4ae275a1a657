package dev.lowpass.cli.report;

import dev.lowpass.ir.Printable;
import java.io.Console;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a command writes.
 *
 * @param out results
 * @param err progress, warnings and errors
 * @param interactive whether a person is looking on: then there are colours and progress bars
 */
public record Terminal(PrintWriter out, PrintWriter err, boolean interactive) {
  private static final String BOLD = "\u001b[1m";
  private static final String GREY = "\u001b[2m";
  private static final String PLAIN = "\u001b[0m";
  private static final Pattern COLOUR = Pattern.compile("\u001b\\[[012]m");

  /** The terminal that this process was started from. */
  public static Terminal ofProcess() {
    Console console = System.console();
    boolean interactive = console != null && console.isTerminal() && System.getenv("NO_COLOR") == null;
    return new Terminal(writer(System.out), writer(System.err), interactive);
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(stream, true, StandardCharsets.UTF_8);
  }

  /** Writes one line of results, or several; of what does not print, only our own colours reach the terminal. */
  public void line(String text) {
    StringBuilder line = new StringBuilder();
    int from = 0;
    Matcher colours = COLOUR.matcher(text);
    while (colours.find()) {
      line.append(Printable.lines(text.substring(from, colours.start()))).append(colours.group());
      from = colours.end();
    }
    out.println(line.append(Printable.lines(text.substring(from))));
  }

  /** {@code text} in bold where there are colours. */
  public String strong(String text) {
    return interactive ? BOLD + text + PLAIN : text;
  }

  /** {@code text} in grey where there are colours. */
  public String faint(String text) {
    return interactive ? GREY + text + PLAIN : text;
  }

  /** Whether all that was written has arrived: a disk may be full, a reader gone. */
  public boolean arrived() {
    return !out.checkError();
  }

  /** Everything written so far is on its way. */
  public void flush() {
    out.flush();
    err.flush();
  }
}
