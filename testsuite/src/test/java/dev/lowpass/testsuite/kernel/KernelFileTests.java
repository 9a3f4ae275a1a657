package dev.lowpass.testsuite.kernel;

import dev.lowpass.ir.Graph;
import dev.lowpass.ir.text.IrText;
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
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every graph of the files under {@code kernels}, compiled as it stands: a container a file, a test a graph. */
class KernelFileTests {
  @TestFactory
  Stream<DynamicContainer> files() throws IOException, URISyntaxException {
    URL readme = Objects.requireNonNull(KernelFileTests.class.getResource("/kernels/README.md"));
    List<Path> files;
    try (Stream<Path> found = Files.list(Path.of(readme.toURI()).resolveSibling(""))) {
      files = found.filter(file -> file.toString().endsWith(".lpt")).sorted().toList();
    }
    return files.stream().map(KernelFileTests::container);
  }

  private static DynamicContainer container(Path file) {
    String name = file.getFileName().toString();
    return DynamicContainer.dynamicContainer(name, file.toUri(), graphs(file).map(KernelFileTests::test));
  }

  private static Stream<Graph> graphs(Path file) {
    try {
      return IrText.parseAll(Files.readString(file), file.getFileName().toString()).stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static DynamicTest test(Graph graph) {
    return DynamicTest.dynamicTest(graph.name(), () -> CompiledGraph.assertComputes(graph));
  }
}
