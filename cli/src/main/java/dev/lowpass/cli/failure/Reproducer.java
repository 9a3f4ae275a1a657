package dev.lowpass.cli.failure;

import dev.lowpass.cli.report.Versions;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * What somebody needs to see a bug again.
 *
 * @param commandLine as it can be pasted into a shell
 * @param folder where it was started; relative paths start here
 * @param trace of the exception
 */
public record Reproducer(String commandLine, String folder, String trace) {
  public static Reproducer of(Throwable problem, String... arguments) {
    String quoted = Arrays.stream(arguments).map(Reproducer::quoted).collect(Collectors.joining(" "));
    StringWriter trace = new StringWriter();
    problem.printStackTrace(new PrintWriter(trace));
    return new Reproducer(("lowpass " + quoted).strip(), Path.of("").toAbsolutePath().toString(), trace.toString());
  }

  /** Writes a new file into {@code directory} and returns its path. */
  public Path write(Path directory) throws IOException {
    Path file = Files.createTempFile(Files.createDirectories(directory), "lowpass-reproducer-", ".txt");
    return Files.writeString(file, toText());
  }

  public String toText() {
    return """
        command: %s
        folder: %s
        lowpass: %s
        jvm: %s
        system: %s

        %s"""
        .formatted(commandLine, folder, Versions.lowpass(), Versions.java(), Versions.system(), trace);
  }

  /** A word for a POSIX shell. */
  private static String quoted(String argument) {
    return argument.matches("[\\w@%+=:,./-]+") ? argument : "'" + argument.replace("'", "'\\''") + "'";
  }
}
