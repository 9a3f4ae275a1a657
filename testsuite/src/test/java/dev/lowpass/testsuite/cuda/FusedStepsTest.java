package dev.lowpass.testsuite.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowpass.codegen.plan.Lowering;
import dev.lowpass.codegen.plan.step.Step;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.text.IrText;
import dev.lowpass.passes.machine.Machines;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Graphs that are there for a fused step have it: else nobody would notice that they test something else. */
class FusedStepsTest {
  @TestFactory
  Stream<DynamicTest> wholeBlocks() throws IOException {
    return graphs("/kernels/whole_blocks.lpt")
        .map(
            graph ->
                test(
                    graph,
                    graph.name().equals("without_a_tile")
                        ? "depthwise + projection"
                        : "expansion + depthwise + projection"));
  }

  @TestFactory
  Stream<DynamicTest> pooledProducts() throws IOException {
    return graphs("/kernels/pooled_products.lpt").map(graph -> test(graph, "product + pool"));
  }

  private static DynamicTest test(Graph graph, String kind) {
    return DynamicTest.dynamicTest(graph.name(), () -> assertThat(kinds(graph)).contains(kind));
  }

  private static Stream<Graph> graphs(String name) throws IOException {
    try (InputStream file = Objects.requireNonNull(FusedStepsTest.class.getResourceAsStream(name))) {
      return IrText.parseAll(new String(file.readAllBytes(), StandardCharsets.UTF_8), name).stream();
    }
  }

  private static List<String> kinds(Graph graph) {
    return Lowering.lower(graph, Machines.CUDA).steps().stream().map(Step::kind).toList();
  }
}
