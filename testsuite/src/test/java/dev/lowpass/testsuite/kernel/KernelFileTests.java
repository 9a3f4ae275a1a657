package dev.lowpass.testsuite.kernel;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lowpass.codegen.Compiler;
import dev.lowpass.codegen.Progress;
import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.graph.Graph;
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
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every graph of the files under {@code kernels} on every target, compiled as it stands: a container a target and a
 * file, a test a graph. What a target cannot do is listed in {@link KernelTarget}, and nowhere else.
 */
class KernelFileTests {
  @TestFactory
  Stream<DynamicContainer> targets() throws IOException, URISyntaxException {
    URL readme = Objects.requireNonNull(KernelFileTests.class.getResource("/kernels/README.md"));
    List<Path> files;
    try (Stream<Path> found = Files.list(Path.of(readme.toURI()).resolveSibling(""))) {
      files = found.filter(file -> file.toString().endsWith(".lpt")).sorted().toList();
    }
    return KernelTarget.ALL.stream()
        .map(target -> DynamicContainer.dynamicContainer(target.name(), tests(target, files)));
  }

  private static Stream<? extends DynamicNode> tests(KernelTarget target, List<Path> files) {
    if (target.repeatsTheFirst()) {
      return Stream.of(
          DynamicTest.dynamicTest(
              "all graphs", () -> Assumptions.abort(target.name() + " is what 'cpu' means here: tried already")));
    }
    return files.stream().map(file -> container(target, file));
  }

  private static DynamicContainer container(KernelTarget target, Path file) {
    String name = file.getFileName().toString();
    return DynamicContainer.dynamicContainer(name, file.toUri(), graphs(file).map(graph -> test(target, name, graph)));
  }

  private static Stream<Graph> graphs(Path file) {
    try {
      return IrText.parseAll(Files.readString(file), file.getFileName().toString()).stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static DynamicTest test(KernelTarget target, String file, Graph graph) {
    return DynamicTest.dynamicTest(
        graph.name(),
        () ->
            target.refusal(file + "/" + graph.name()).ifPresentOrElse(
                message -> assertRefuses(target, graph, message),
                () -> CompiledGraph.assertComputes(graph, target.name(), target.tolerance())));
  }

  /** What is listed as impossible must be, or the list is out of date. */
  private static void assertRefuses(KernelTarget target, Graph graph, String message) {
    assertThatThrownBy(
            () ->
                new Compiler()
                    .compile(graph, CompiledGraph.AS_IT_STANDS.withTarget(target.name()), Progress.silent()))
        .isInstanceOf(LowpassException.class)
        .hasMessageStartingWith(message);
  }
}
