package dev.lowpass.maven;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What an artifact was made of, in a file beside it, a line each: the compiler, its arguments, and the hash of every file
 * that it read and wrote. An artifact is up to date if the same text comes out again.
 *
 * @param file where the text is kept
 * @param compiler by which one compiler is told from another
 */
record Stamp(Path file, String compiler, Task task) {
  private static final String DATA = "data ";

  /** Whether the artifact is what compiling would give. */
  boolean holds() throws IOException {
    if (!Files.isRegularFile(file) || !Files.isRegularFile(task.artifact())) {
      return false;
    }
    List<String> kept = Files.readAllLines(file);
    List<Path> data = kept.stream().filter(line -> line.startsWith(DATA)).map(Stamp::named).toList();
    return kept.equals(lines(data));
  }

  /**
   * Keeps what the artifact was made of.
   *
   * @param data the files beside the model that it was read from, too
   */
  void write(List<Path> data) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.write(file, lines(data));
  }

  /** There is no artifact that could be up to date. */
  void delete() throws IOException {
    Files.deleteIfExists(file);
  }

  private List<String> lines(List<Path> data) throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add("compiler " + compiler);
    task.arguments().forEach(argument -> lines.add("argument " + argument));
    for (Path read : task.files()) {
      lines.add(line("file ", read));
    }
    Set<Path> once = new LinkedHashSet<>(data);
    for (Path read : once) {
      lines.add(line(DATA, read));
    }
    lines.add(line("artifact ", task.artifact()));
    return lines;
  }

  /** A file that is gone has another line than any that is there. */
  private static String line(String kind, Path file) throws IOException {
    return kind + (Files.isRegularFile(file) ? Sha256.of(file) : "none") + " " + file;
  }

  private static Path named(String line) {
    return Path.of(line.substring(line.indexOf(' ', DATA.length()) + 1));
  }
}
