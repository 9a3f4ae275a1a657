package dev.lowpass.codegen.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.interpreter.Interpreter;
import dev.lowpass.ir.interpreter.SeededInputs;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values in networks for measuring: neither growing nor dying out, with the zeros that were asked for. */
class LayerStackTest {
  private static double[] values(Graph graph) {
    Tensor result = Interpreter.run(graph, SeededInputs.of(graph, 7)).values().iterator().next();
    return result.toDoubles();
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.3, 0.47, 0.54, 0.7})
  void aClipLeavesTheZerosThatAreAskedFor(double zeros) {
    Graph graph = new LayerStack("one", 48, 12).pointwise(192, zeros).graph();
    double[] values = values(graph);
    assertThat(Arrays.stream(values).filter(value -> value == 0).count() / (double) values.length)
        .isCloseTo(zeros, within(0.08));
  }

  @Test
  void mapsKeepTheirSizeFromLayerToLayer() {
    LayerStack stack = new LayerStack("deep", 16, 12).pointwise(32, 0.4);
    for (int block = 0; block < 3; block++) {
      stack.pointwise(96, 0.4).depthwise(1, 0.5).projection(32);
    }
    double power = Arrays.stream(values(stack.graph())).map(value -> value * value).average().orElseThrow();
    assertThat(power).isBetween(0.2, 5.0);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.1, 0.5, 0.9})
  void aNormalDistributionIsNegativeWhereItShouldBe(double part) {
    assertThat(Normal.below(-Normal.meanFor(part))).isCloseTo(part, within(1e-6));
    assertThat(Normal.powerAboveZero(0)).isCloseTo(0.5, within(1e-6));
  }
}
