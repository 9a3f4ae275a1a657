package dev.lowpass.learn.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.graph.Node;
import dev.lowpass.ir.op.Constant;
import dev.lowpass.ir.text.IrText;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeadTest {
  private static Graph graph(String output, String nodes) {
    return IrText.parse(
        """
        graph @g(%%x: f32[1, 4, 2, 2]) -> (%s) {
          %%w = constant f32[4, 4] random(seed = 1)
          %%b = constant f32[4] random(seed = 2)
          %%f = pointwise %%x, %%w, %%b
          %s
        }
        """
            .formatted(output, nodes.replace("; ", "\n  ")),
        "g.ir");
  }

  private static final String POOLED =
      "%m = global_average_pool %f; %s = pointwise %m, %w, %b loc(\"fc\"); %r = reshape %s {shape = [1, 4]}";

  private static Graph replaced(Graph graph, int classes, long seed) {
    return Head.of(graph).replaced(classes, seed);
  }

  private static float[] constant(Graph graph, Node layer, int operand) {
    return ((Constant) graph.producer(layer.operand(operand)).orElseThrow().op()).value().floats();
  }

  @Test
  void theLastLayerIsAnotherAndAllElseStays() {
    Graph whole = graph("y = %r", POOLED);
    Graph changed = replaced(whole, 7, 1);
    assertThat(changed.outputs().getFirst().name()).isEqualTo("y");
    assertThat(changed.outputs().getFirst().value().type().shape()).isEqualTo(Shape.of(1, 7));
    Map<String, Node> nodes = changed.producers();
    assertThat(nodes.get("s").location().text()).isEqualTo("fc");
    assertThat(constant(changed, nodes.get("s"), 2)).containsOnly(0).hasSize(7);
    assertThat(constant(changed, nodes.get("s"), 1)).hasSize(28).doesNotContain(0);
    assertThat(nodes.get("f")).as("it reads the constants that the old head read").isEqualTo(whole.producers().get("f"));
    assertThat(replaced(whole, 7, 1)).isEqualTo(changed).isNotEqualTo(replaced(whole, 7, 2));
    assertThat(replaced(changed, 4, 1).producers().get("s").type().shape()).isEqualTo(Shape.of(1, 4, 1, 1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "scores of maps | %s = pointwise %f, %w; %m = global_average_pool %s; %r = reshape %m {shape = [1, 4]}",
        "probabilities | %m = global_average_pool %f; %s = pointwise %m, %w; %t = reshape %s {shape = [1, 4]};"
            + " %r = softmax %t {axis = 1}",
        "a convolution | %k = constant f32[4, 4, 2, 2] random(seed = 3); %s = convolution %f, %k {kernel = [2, 2]};"
            + " %r = reshape %s {shape = [1, 4]}",
      })
  void scoresMayBePooledMadeProbabilitiesOrConvolved(String what, String nodes) {
    Graph changed = replaced(graph("y = %r", nodes), 3, 1);
    assertThat(changed.outputs().getFirst().value().type().shape()).as(what).isEqualTo(Shape.of(1, 3));
    assertThat(changed.producers().get("s").type().shape().dim(1)).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "%s = relu %r | y = %s | LP6007 s: is relu, where the layer that gives the scores of 4 classes was sought",
        "%s2 = add %r, %r | y = %s2 | LP6007 s2: is add",
        "%o = relu %r | y = %r, o = %o | LP6007 g: new classes take a model whose only output is a row of scores, not",
        "%o = relu %f | y = %o | LP6007 g: new classes take a model whose only output is a row of scores, not [y:",
      })
  void aHeadThatCannotBeFoundIsRefused(String more, String outputs, String message) {
    String nodes = POOLED.replace("%s ", "%scores ").replace("%s,", "%scores,") + "; " + more;
    assertThatThrownBy(() -> Head.of(graph(outputs, nodes)))
        .isInstanceOf(LowpassException.class)
        .hasMessageStartingWith(message);
  }
}
