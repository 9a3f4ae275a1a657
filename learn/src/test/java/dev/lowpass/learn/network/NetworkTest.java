package dev.lowpass.learn.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.graph.Node;
import dev.lowpass.ir.interpreter.Interpreter;
import dev.lowpass.ir.interpreter.SeededInputs;
import dev.lowpass.ir.op.Constant;
import dev.lowpass.ir.text.IrText;
import dev.lowpass.learn.Drawn;
import dev.lowpass.learn.Slopes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTest {
  /** Layers of all kinds; no function with a kink, where differences would say nothing. */
  private static final Graph SMOOTH =
      IrText.parse(
          """
          graph @smooth(%x: f32[2, 3, 7, 6]) -> (y = %y) {
            %w1 = constant f32[4, 3, 3, 3] random(seed = 1)
            %b1 = constant f32[4] random(seed = 2)
            %c = convolution %x, %w1, %b1 {kernel = [3, 3], strides = [2, 1], pads = [1, 0, 0, 1]}
            %s = sigmoid %c
            %w2 = constant f32[4, 3, 3] random(seed = 3)
            %d = depthwise %s, %w2 {kernel = [3, 3], pads = [1, 1, 1, 1]}
            %w3 = constant f32[5, 4] random(seed = 4)
            %b3 = constant f32[5] random(seed = 5)
            %p = pointwise %d, %w3, %b3
            %t = tanh %p
            %g = global_average_pool %t
            %f = reshape %g {shape = [2, 5]}
            %w4 = constant f32[5, 3] random(seed = 6)
            %m = matmul %f, %w4
            %y = softmax %m {axis = 1}
          }
          """,
          "smooth.ir");

  /** Movement within a picture, between channels, and a picture made into a row. */
  private static final Graph MOVING =
      IrText.parse(
          """
          graph @moving(%x: f32[1, 6, 4, 5]) -> (rows = %rows, maps = %maps) {
            %a = reshape %x {shape = [1, 2, 3, 4, 5]}
            %b = transpose %a {permutation = [0, 2, 1, 3, 4]}
            %c = reshape %b {shape = [1, 6, 4, 5]}
            %d = transpose %c {permutation = [0, 2, 3, 1]}
            %maps = softmax %d {axis = 3}
            %e = pad %c {pads = [0, 1, 0, 0, 0, 0, 1, 0], value = 0.25}
            %f = slice %e {starts = [0, 6, 1, 0], extents = [1, 3, 2, 5], steps = [1, -2, 2, 1]}
            %g = concat %f, %f {axis = 2}
            %rows = reshape %g {shape = [1, 60]}
          }
          """,
          "moving.ir");

  private final NDManager manager = TrainingEngine.newManager();

  @AfterEach
  void close() {
    manager.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"w1", "b1", "w2", "w3", "b3", "w4"})
  void gradientsAreTheInterpretersDifferences(String weight) {
    Map<String, Tensor> inputs = SeededInputs.of(SMOOTH, 1);
    float[] direction = Drawn.floats(6, 2);
    try (Network network = Network.of(SMOOTH, manager)) {
      NDArray array = Objects.requireNonNull(network.weights().get(weight));
      float[] start = array.toFloatArray();
      float[] gradient =
          Slopes.gradient(
              array,
              () -> {
                NDArray output = network.run(manager, arrays(inputs), LayerInput.WHOLE).singletonOrThrow();
                return output.mul(manager.create(direction, output.getShape())).sum();
              });
      double[] expected =
          Slopes.differences(
              start,
              1e-3f,
              changed -> {
                double[] output = Interpreter.trace(with(SMOOTH, weight, changed), inputs).get("y").values();
                double sum = 0;
                for (int i = 0; i < output.length; i++) {
                  sum += direction[i] * output[i];
                }
                return sum;
              });
      Slopes.assertAlike(gradient, expected, 1e-4);
    }
  }

  private static Graph with(Graph graph, String constant, float[] values) {
    List<Node> nodes = new ArrayList<>();
    for (Node node : graph.nodes()) {
      boolean changed = node.name().equals(constant);
      nodes.add(changed ? constant(node, values) : node);
    }
    return new Graph(graph.name(), graph.inputs(), nodes, graph.outputs());
  }

  private static Node constant(Node before, float[] values) {
    return Node.of(
        before.name(), new Constant(Tensor.of(values, before.type().shape())), List.of(), before.location());
  }

  @Test
  void changedWeightsGoIntoTheGraphAndNothingElseDoes() {
    try (Network network = Network.of(SMOOTH, manager)) {
      assertThat(network.trained(SMOOTH)).isEqualTo(SMOOTH);
      float[] values = Drawn.floats(20, 9);
      network.weights().get("w3").set(values);
      assertThat(network.trained(SMOOTH)).isEqualTo(with(SMOOTH, "w3", values));
    }
  }

  /** A graph whose picture was shrunk has the weights of the whole one. */
  @Test
  void weightsOfOneGraphGoIntoAnotherThatHasThem() {
    Graph other =
        IrText.parse(
            """
            graph @other(%x: f32[1, 4, 2, 2]) -> (y = %p) {
              %w3 = constant f32[5, 4] random(seed = 4)
              %p = pointwise %x, %w3
            }
            """,
            "other.ir");
    try (Network network = Network.of(SMOOTH, manager)) {
      float[] values = Drawn.floats(20, 9);
      network.weights().get("w3").set(values);
      assertThat(network.trained(other)).isEqualTo(with(other, "w3", values));
    }
  }

  @Test
  void picturesOfABatchDoNotSeeEachOther() {
    assertBatchIsEachByItself(MOVING, 3);
    assertBatchIsEachByItself(SMOOTH, 4);
  }

  private void assertBatchIsEachByItself(Graph graph, int batch) {
    int own = graph.inputs().getFirst().type().shape().dim(0);
    Shape shape = shape(graph, batch);
    float[] pictures = Drawn.floats((int) shape.size(), 3);
    try (Network network = Network.of(graph, manager)) {
      NDList together = run(network, pictures, batch);
      for (int first = 0; first < batch; first += own) {
        int plane = pictures.length / batch;
        float[] some = Arrays.copyOfRange(pictures, first * plane, (first + own) * plane);
        NDList alone = run(network, some, own);
        for (int output = 0; output < alone.size(); output++) {
          NDArray part = together.get(output).get(first + ":" + (first + own));
          assertThat(part.getShape()).isEqualTo(alone.get(output).getShape());
          assertThat(part.toFloatArray())
              .usingComparatorWithPrecision(1e-6f)
              .containsExactly(alone.get(output).toFloatArray());
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%y = transpose %x {permutation = [1, 0, 2, 3]}",
        "%y = reshape %x {shape = [4, 1, 4, 5]}",
        "%y = reshape %x {shape = [80]}",
        "%y = slice %x {starts = [1, 0, 0, 0], extents = [1, 2, 4, 5]}",
        "%y = slice %x {starts = [1, 0, 0, 0], extents = [2, 2, 4, 5], steps = [-1, 1, 1, 1]}",
        "%y = concat %x, %x {axis = 0}",
        "%y = pad %x {pads = [1, 0, 0, 0, 0, 0, 0, 0], value = 0.0}",
        "%y = softmax %x {axis = 0}"
      })
  void whereTheBatchMovesOnlyTheGraphsOwnFits(String line) {
    Graph graph = IrText.parse("graph @g(%x: f32[2, 2, 4, 5]) -> (%y) {\n" + line + "\n}", "g.ir");
    try (Network network = Network.of(graph, manager)) {
      assertThat(run(network, Drawn.floats(80, 1), 2)).hasSize(1);
      assertThatThrownBy(() -> run(network, Drawn.floats(160, 1), 4))
          .isInstanceOf(LowpassException.class)
          .hasMessageStartingWith("LP6011");
      assertThat(network.picturesAtOnce(4)).isEqualTo(2);
    }
  }

  @Test
  void whereTheBatchStaysAnyNumberFits() {
    Graph graph = IrText.parse("graph @g(%x: f32[2, 2, 4, 5]) -> (%y) {\n%y = softmax %x {axis = 1}\n}", "g.ir");
    try (Network network = Network.of(graph, manager)) {
      assertThat(network.picturesAtOnce(4)).isEqualTo(4);
    }
  }

  /** Whoever compares a whole network with a cut one runs it twice in a step. */
  @Test
  void weightsOutliveStepsInWhichTheNetworkRunsTwice() {
    try (Network network = Network.of(SMOOTH, manager)) {
      float[] before = Objects.requireNonNull(network.weights().get("w1")).toFloatArray();
      Map<String, Tensor> inputs = SeededInputs.of(SMOOTH, 1);
      try (NDManager step = manager.newSubManager()) {
        network.run(step, arrays(inputs), LayerInput.WHOLE);
        network.run(step, arrays(inputs), LayerInput.WHOLE);
      }
      assertThat(network.weights().get("w1").toFloatArray()).isEqualTo(before);
      assertThat(network.weights().get("w1").getManager()).isSameAs(network.manager());
    }
  }

  private NDList run(Network network, float[] pictures, int batch) {
    NDArray input = manager.create(pictures, shape(network.graph(), batch));
    return network.run(manager, Map.of("x", input), LayerInput.WHOLE);
  }

  private static Shape shape(Graph graph, int batch) {
    long[] extents = Network.shape(graph.inputs().getFirst().type().shape()).getShape().clone();
    extents[0] = batch;
    return new Shape(extents);
  }

  private Map<String, NDArray> arrays(Map<String, Tensor> inputs) {
    Tensor x = Objects.requireNonNull(inputs.get("x"));
    return Map.of("x", manager.create(x.floats(), Network.shape(x.shape())));
  }
}
