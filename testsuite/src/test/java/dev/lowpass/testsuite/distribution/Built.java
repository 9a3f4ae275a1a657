package dev.lowpass.testsuite.distribution;

import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Where a build leaves its files. */
final class Built {
  /** The checkout. */
  static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  private Built() {}

  /**
   * What matches {@code pattern} in the {@code target} folder of {@code module}; without any, the test skips: 'mvn test'
   * makes classes only.
   */
  static List<Path> in(String module, String pattern) throws IOException {
    Path target = ROOT.resolve(module).resolve("target");
    List<Path> files = new ArrayList<>();
    if (Files.isDirectory(target)) {
      try (Stream<Path> all = Files.list(target)) {
        all.filter(file -> file.getFileName().toString().matches(pattern)).sorted().forEach(files::add);
      }
    }
    assumeFalse(files.isEmpty(), module + " is not packaged; 'mvn verify' does that");
    return files;
  }
}
