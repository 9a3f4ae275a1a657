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
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every graph of the files under {@code kernels} on every target, compiled as it stands: a container a target and a
 * file, a test a graph, or all graphs of a file where that is much faster. What a target cannot do is listed in {@link
 * KernelTarget}, and nowhere else.
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
    Map<Boolean, List<Graph>> graphs =
        graphs(file).collect(Collectors.partitioningBy(graph -> target.refusal(name + "/" + graph.name()).isPresent()));
    Stream<DynamicTest> refused = graphs.get(true).stream().map(graph -> refused(target, name, graph));
    return DynamicContainer.dynamicContainer(
        name, file.toUri(), Stream.concat(refused, computed(target, name, graphs.get(false))));
  }

  /** Where translating a program takes longer than all else, all graphs of a file are one. */
  private static Stream<DynamicTest> computed(KernelTarget target, String file, List<Graph> graphs) {
    if (!target.isOneProgram()) {
      return graphs.stream().map(graph -> DynamicTest.dynamicTest(graph.name(), () -> assertComputes(target, graph)));
    }
    return graphs.isEmpty()
        ? Stream.of()
        : Stream.of(
            DynamicTest.dynamicTest(
                graphs.size() + " graphs together", () -> assertComputesTogether(target, file, graphs)));
  }

  private static void assertComputesTogether(KernelTarget target, String file, List<Graph> graphs) {
    try {
      assertComputes(target, JoinedGraphs.of(file, graphs));
    } catch (AssertionError | RuntimeException together) {
      RunsHere.assume(target.name());
      SoftAssertions alone = new SoftAssertions();
      graphs.forEach(graph -> alone.check(() -> assertComputes(target, graph)));
      alone.assertAll();
      throw together;
    }
  }

  private static void assertComputes(KernelTarget target, Graph graph) {
    CompiledGraph.assertComputes(graph, target.name(), target.tolerance());
  }

  private static Stream<Graph> graphs(Path file) {
    try {
      return IrText.parseAll(Files.readString(file), file.getFileName().toString()).stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static DynamicTest refused(KernelTarget target, String file, Graph graph) {
    String message = target.refusal(file + "/" + graph.name()).orElseThrow();
    return DynamicTest.dynamicTest(graph.name(), () -> assertRefuses(target, graph, message));
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
