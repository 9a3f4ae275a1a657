package dev.lowpass.cli;

import dev.lowpass.cli.failure.ExitCode;
import dev.lowpass.cli.report.Terminal;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;

/**
 * One run of the command inside the test's process.
 *
 * @param out what it wrote to the output stream
 * @param err what it wrote to the error stream
 */
record Invocation(int code, String out, String err) {
  static Invocation of(Path reproducers, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Terminal terminal = new Terminal(new PrintWriter(out), new PrintWriter(err), false);
    int code = Main.run(terminal, reproducers, arguments);
    return new Invocation(code, out.toString(), err.toString());
  }

  /** The code that goes with the message: a mistake is the command line's where its place is an option or a target. */
  int codeOfMistake() {
    return err.matches("LP([0-9]{4} --|4010 )[^\\n]+\\n") ? ExitCode.USAGE : ExitCode.INPUT;
  }
}
