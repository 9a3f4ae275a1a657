package dev.lowpass.learn.network;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.interpreter.Interpreter;
import dev.lowpass.ir.interpreter.SeededInputs;
import dev.lowpass.ir.op.ResizeFilter;
import dev.lowpass.ir.text.IrText;
import dev.lowpass.learn.Drawn;
import dev.lowpass.learn.Slopes;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ResizingTest {
  /** All rows of a map, and the middle seven of its columns. */
  private static Graph graph(ResizeFilter filter) {
    return IrText.parse(
        "graph @g(%%x: f32[2, 3, 14, 8]) -> (y = %%y) {\n%%y = resize %%x {size = [12, 10], crop = [14, 7], filter = %s}\n}"
            .formatted(filter),
        "g.ir");
  }

  @ParameterizedTest
  @EnumSource
  void computesWhatTheInterpreterDoes(ResizeFilter filter) {
    Graph graph = graph(filter);
    Map<String, Tensor> inputs = SeededInputs.of(graph, 1);
    Tensor x = Objects.requireNonNull(inputs.get("x"));
    try (NDManager manager = TrainingEngine.newManager();
        Network network = Network.of(graph, manager)) {
      NDArray given = manager.create(x.floats(), Network.shape(x.shape()));
      NDArray found = network.run(manager, Map.of("x", given), LayerInput.WHOLE).singletonOrThrow();
      Tensor expected = Interpreter.run(graph, inputs).get("y");
      assertThat(found.toFloatArray()).usingComparatorWithPrecision(2e-6f).containsExactly(expected.floats());
    }
  }

  /** It is linear: differences are exact over any step. */
  @ParameterizedTest
  @EnumSource
  void gradientsAreTheInterpretersDifferences(ResizeFilter filter) {
    Graph graph = graph(filter);
    float[] samples = Drawn.floats(2 * 3 * 14 * 8, 1);
    float[] direction = Drawn.floats(2 * 3 * 12 * 10, 2);
    try (NDManager manager = TrainingEngine.newManager();
        Network network = Network.of(graph, manager)) {
      NDArray x = manager.create(samples, Network.shape(graph.inputs().getFirst().type().shape()));
      float[] gradient =
          Slopes.gradient(
              x,
              () -> {
                NDArray y = network.run(manager, Map.of("x", x), LayerInput.WHOLE).singletonOrThrow();
                return y.mul(manager.create(direction, y.getShape())).sum();
              });
      double[] expected =
          Slopes.differences(
              samples,
              1,
              changed -> {
                double[] y = Interpreter.trace(graph, Map.of("x", Tensor.of(changed, 2, 3, 14, 8))).get("y").values();
                double sum = 0;
                for (int i = 0; i < y.length; i++) {
                  sum += direction[i] * y[i];
                }
                return sum;
              });
      Slopes.assertAlike(gradient, expected, 1e-5);
    }
  }
}
