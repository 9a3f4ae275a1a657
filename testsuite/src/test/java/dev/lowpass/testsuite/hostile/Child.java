package dev.lowpass.testsuite.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowpass.cli.Main;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The command as a process of its own, for what depends on its surroundings.
 *
 * @param folder takes temporary files, what the process writes, and nothing else
 */
record Child(Path folder) {
  private static final long PATIENCE_SECONDS = 120;

  /** How a process ended. */
  record End(int code, String out, String err) {
    /** One line, no stack trace, no bug of ours. */
    void assertRefused(int wanted, String line) {
      assertThat(err).startsWith(line).matches("LP\\d{4} [^\\n]+\\n");
      assertThat(code).as(err).isEqualTo(wanted);
    }
  }

  /** The command line of a virtual machine with {@code options} that runs the command. */
  List<String> line(List<String> options, String... arguments) throws IOException {
    Path temporary = Files.createDirectories(folder.resolve("tmp"));
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(List.of("-Xmx1g", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Djava.io.tmpdir=" + temporary));
    line.addAll(List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
    line.addAll(options);
    line.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    line.addAll(List.of(arguments));
    return line;
  }

  /** Starts it with {@code environment} besides its parent's, in which {@code ""} removes a variable. */
  Process start(Map<String, String> environment, List<String> line) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(line).directory(folder.toFile());
    environment.forEach(
        (name, value) -> {
          if (value.isEmpty()) {
            builder.environment().remove(name);
          } else {
            builder.environment().put(name, value);
          }
        });
    builder.redirectInput(new File("/dev/null"));
    return builder.redirectOutput(out().toFile()).redirectError(err().toFile()).start();
  }

  /** Waits for the end, which must come in time. */
  End end(Process process) throws IOException, InterruptedException {
    boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (!ended) {
      process.destroyForcibly().waitFor();
    }
    assertThat(ended).as("ended within %d s", PATIENCE_SECONDS).isTrue();
    return new End(process.exitValue(), Files.readString(out()), Files.readString(err(), StandardCharsets.UTF_8));
  }

  End run(Map<String, String> environment, String... arguments) throws IOException, InterruptedException {
    return end(start(environment, line(List.of(), arguments)));
  }

  /** Runs it through a shell, which can close a stream: {@code redirection} stands behind the command. */
  End runInShell(String redirection, String... arguments) throws IOException, InterruptedException {
    List<String> shell = new ArrayList<>(List.of("sh", "-c", "\"$@\" " + redirection, "sh"));
    shell.addAll(line(List.of(), arguments));
    return end(start(Map.of(), shell));
  }

  private Path out() {
    return folder.resolve("stdout");
  }

  private Path err() {
    return folder.resolve("stderr");
  }
}
