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

/** Graphs that are there for the sake of whole blocks have one: else nobody would notice that they test something else. */
class WholeBlocksTest {
  private static final String FILE = "/kernels/whole_blocks.lpt";

  @TestFactory
  Stream<DynamicTest> graphsHaveOne() throws IOException {
    try (InputStream file = Objects.requireNonNull(WholeBlocksTest.class.getResourceAsStream(FILE))) {
      String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
      return IrText.parseAll(text, FILE).stream()
          .map(graph -> DynamicTest.dynamicTest(graph.name(), () -> assertThat(kinds(graph)).contains(kind(graph))));
    }
  }

  private static String kind(Graph graph) {
    return graph.name().equals("without_a_tile") ? "depthwise + projection" : "expansion + depthwise + projection";
  }

  private static List<String> kinds(Graph graph) {
    return Lowering.lower(graph, Machines.CUDA).steps().stream().map(Step::kind).toList();
  }
}
