package dev.lowpass.maven;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugin.logging.Log;

/**
 * Runs the compiler, each time in a JVM of its own.
 *
 * @param jdk the folder of a JDK that is new enough
 * @param log for what the compiler says on the way
 */
record CompilerProcess(Path jdk, List<String> jvmArguments, CompilerJars jars, Log log) {
  private static final String MAIN = "dev.lowpass.cli.Main";

  /** The compiler's exit code where it is to blame itself. */
  private static final int BUG = 70;

  CompilerProcess {
    jvmArguments = List.copyOf(jvmArguments);
  }

  /**
   * Makes an artifact.
   *
   * @param json where the compiler's report is to lie
   * @throws MojoFailureException with the compiler's line, where the model or an option is wrong
   * @throws MojoExecutionException where the compiler is
   */
  CompilerReport compile(Task task, Path json) throws IOException, MojoExecutionException, MojoFailureException {
    Files.createDirectories(task.artifact().getParent());
    Files.createDirectories(json.getParent());
    ProcessBuilder builder = new ProcessBuilder(command(task)).directory(task.folder().toFile()).redirectOutput(json.toFile());
    // Names of files reach the other JVM whatever letters they have.
    builder.environment().put("LC_ALL", "C.UTF-8");
    Process process = builder.start();
    try (BufferedReader reader = process.errorReader()) {
      List<String> said = reader.lines().toList();
      int code = process.waitFor();
      if (code != 0) {
        fail(code, said);
      }
      said.forEach(log::info);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    } finally {
      process.destroy();
    }
    return CompilerReport.read(json);
  }

  private List<String> command(Task task) {
    List<String> command = new ArrayList<>();
    command.add(jdk.resolve("bin/java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("--sun-misc-unsafe-memory-access=allow");
    command.add("-XX:+UseSerialGC");
    command.addAll(jvmArguments);
    command.addAll(List.of("-cp", jars.classPath(), MAIN));
    command.addAll(task.arguments());
    return command;
  }

  /** The compiler says what is wrong in one line with a code, its last one. */
  private void fail(int code, List<String> said) throws MojoExecutionException, MojoFailureException {
    int last = said.size() - 1;
    if (last < 0 || !said.get(last).startsWith("LP")) {
      said.forEach(log::error);
      throw new MojoExecutionException("LP7063 compiler: ended with code " + code + " and did not say why");
    }
    said.subList(0, last).forEach(log::warn);
    if (code == BUG) {
      throw new MojoExecutionException(said.get(last));
    }
    throw new MojoFailureException(said.get(last));
  }
}
