package dev.lowpass.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A virtual machine of its own, as this one is, for what depends on a process's surroundings.
 *
 * @param folder takes its temporary files and what it writes
 * @param environment beside its parent's; {@code ""} removes a variable
 * @param before the command that starts it; none, where it is started as it is
 * @param options of the virtual machine
 */
public record ChildJvm(Path folder, Map<String, String> environment, List<String> before, List<String> options) {
  private static final long PATIENCE_SECONDS = 120;

  /** How it ended. */
  public record End(int code, String out, String err) {}

  public static ChildJvm in(Path folder) {
    return new ChildJvm(folder, Map.of("LOWPASS_NATIVES", ""), List.of(), List.of());
  }

  public ChildJvm with(Map<String, String> changed) {
    return new ChildJvm(folder, changed, before, options);
  }

  public ChildJvm within(String... command) {
    return new ChildJvm(folder, environment, List.of(command), options);
  }

  public ChildJvm with(String... changed) {
    return new ChildJvm(folder, environment, before, List.of(changed));
  }

  /** Where its temporary files are. */
  public Path temporary() {
    return folder.resolve("tmp");
  }

  /** Runs a class of the tests. */
  public End run(Class<?> main, String... arguments) throws IOException, InterruptedException {
    List<String> line = new ArrayList<>(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    line.addAll(List.of(arguments));
    return run(line);
  }

  /** Runs it with the rest of its command line. */
  public End run(List<String> rest) throws IOException, InterruptedException {
    List<String> line = new ArrayList<>(before);
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    line.add("-Djava.io.tmpdir=" + Files.createDirectories(temporary()));
    line.addAll(options);
    line.addAll(rest);
    Path out = folder.resolve("stdout");
    Path err = folder.resolve("stderr");
    ProcessBuilder builder = new ProcessBuilder(line).directory(folder.toFile());
    environment.forEach((name, value) -> builder.environment().compute(name, (n, old) -> value.isEmpty() ? null : value));
    builder.redirectInput(new File("/dev/null")).redirectOutput(out.toFile()).redirectError(err.toFile());
    Process process = builder.start();
    boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (!ended) {
      process.destroyForcibly().waitFor();
    }
    assertThat(ended).as("ended within %d s", PATIENCE_SECONDS).isTrue();
    return new End(process.exitValue(), Files.readString(out), Files.readString(err));
  }
}
