package dev.lowpass.testsuite.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowpass.cli.Main;
import dev.lowpass.cli.failure.ExitCode;
import dev.lowpass.cli.report.Terminal;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One run of the command in this process.
 *
 * @param out what it wrote to the output stream
 * @param err what it wrote to the error stream
 * @param left names that the folder has afterwards and did not have before
 */
record Attempt(String line, int code, String out, String err, Set<String> left) {
  private static final int LONGEST_LINE = 6100;

  /** Runs the command; new files in {@code folder}, where bugs also leave their reproducers, are noted. */
  static Attempt in(Path folder, String... arguments) throws IOException {
    Set<String> before = names(folder);
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Terminal terminal = new Terminal(new PrintWriter(out), new PrintWriter(err), false);
    int code = Main.run(terminal, folder, arguments);
    Set<String> left = names(folder);
    left.removeAll(before);
    return new Attempt(String.join(" ", arguments), code, out.toString(), err.toString(), left);
  }

  private static Set<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.map(file -> folder.relativize(file).toString()).collect(Collectors.toCollection(TreeSet::new));
    }
  }

  /** The user's input is at fault: one line that says so with a code that begins with {@code code}. */
  void assertRefused(String code) {
    assertRefused(code, ExitCode.INPUT);
  }

  /** The command line is at fault. */
  void assertMisused(String code) {
    assertRefused(code, ExitCode.USAGE);
  }

  private void assertRefused(String code, int exitCode) {
    assertThat(err).as(line).startsWith(code).matches("LP\\d{4} [^\\n]+\\n").hasSizeLessThan(LONGEST_LINE);
    assertThat(this.code).as("exit code of %s", line).isEqualTo(exitCode);
    assertThat(left).as("files left by %s", line).isEmpty();
  }
}
