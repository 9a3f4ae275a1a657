package dev.lowpass.testsuite.filetest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every file under {@code filetests} that ends in {@code .lpt}: a container a file, a test a graph. */
class FileTests {
  @TestFactory
  Stream<DynamicNode> files() throws IOException, URISyntaxException {
    URL readme = Objects.requireNonNull(FileTests.class.getResource("/filetests/README.md"));
    Path root = Path.of(readme.toURI()).resolveSibling(".").normalize();
    List<Path> files;
    try (Stream<Path> found = Files.walk(root)) {
      files = found.filter(file -> file.toString().endsWith(".lpt")).sorted().toList();
    }
    return files.stream().map(file -> container(root, file));
  }

  private static DynamicNode container(Path root, Path file) {
    String path = root.relativize(file).toString().replace('\\', '/');
    try {
      FileTest test = FileTestReader.read(path, Files.readString(file));
      Stream<DynamicTest> graphs =
          test.sections().stream()
              .map(section -> DynamicTest.dynamicTest(name(section), () -> Expectations.check(test, section)));
      return DynamicContainer.dynamicContainer(path, file.toUri(), graphs);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (RuntimeException | AssertionError unreadable) {
      // One file that cannot be read must not hide the others.
      return DynamicTest.dynamicTest(
          path,
          () -> {
            throw new AssertionError(path + ": " + unreadable.getMessage(), unreadable);
          });
    }
  }

  private static String name(Section section) {
    return "line %d: %s".formatted(section.firstLine(), section.name());
  }
}
