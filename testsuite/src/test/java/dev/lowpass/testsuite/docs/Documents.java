package dev.lowpass.testsuite.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The repository's documents and sources. */
final class Documents {
  static final Path ROOT = Path.of("..");
  static final Path DOCS = ROOT.resolve("docs");

  private Documents() {}

  /** What people read first, and all below docs. */
  static List<Path> all() {
    try (Stream<Path> below = Files.walk(DOCS)) {
      Stream<Path> first = Stream.of("README.md", "SECURITY.md").map(ROOT::resolve);
      return Stream.concat(first, below.filter(file -> file.toString().endsWith(".md")).sorted()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Java sources that are no tests. */
  static List<Path> sources() throws IOException {
    try (Stream<Path> modules = Files.list(ROOT)) {
      return modules.map(module -> module.resolve("src")).filter(Files::isDirectory).sorted().flatMap(Documents::main).toList();
    }
  }

  private static Stream<Path> main(Path src) {
    try (Stream<Path> files = Files.walk(src)) {
      return files
          .filter(file -> file.toString().endsWith(".java") && src.relativize(file).toString().startsWith("main"))
          .sorted()
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
