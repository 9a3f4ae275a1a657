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

/** Graphs that are there for transforms around a depthwise convolution have one with them: else they would test something else. */
class SpectralDepthwisesTest {
  private static final String FILE = "/kernels/spectral_depthwise.lpt";

  @TestFactory
  Stream<DynamicTest> graphsHaveOne() throws IOException {
    try (InputStream file = Objects.requireNonNull(SpectralDepthwisesTest.class.getResourceAsStream(FILE))) {
      String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
      return IrText.parseAll(text, FILE).stream()
          .map(graph -> DynamicTest.dynamicTest(graph.name(), () -> assertThat(kinds(graph)).containsOnlyOnce(kind(graph))));
    }
  }

  private static String kind(Graph graph) {
    return graph.name().equals("long_lines") ? "depthwise" : "spectral depthwise";
  }

  private static List<String> kinds(Graph graph) {
    return Lowering.lower(graph, Machines.CUDA).steps().stream().map(Step::kind).toList();
  }
}
