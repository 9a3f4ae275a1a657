package dev.lowpass.testsuite.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.graph.Node;
import dev.lowpass.ir.graph.Rewrite;
import dev.lowpass.ir.interpreter.Difference;
import dev.lowpass.ir.interpreter.Interpreter;
import dev.lowpass.ir.interpreter.SeededInputs;
import dev.lowpass.ir.op.Constant;
import dev.lowpass.ir.text.IrText;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PrunedChannelsTest {
  /** A block whose hidden channels are 24, with a sum around it, and another one whose hidden value has two readers. */
  private static final Graph GRAPH =
      IrText.parse(
          """
          graph @blocks(%x: f32[1, 4, 6, 6]) -> (y = %y, z = %e2) {
            %w1 = constant f32[24, 4] random(seed = 1)
            %b1 = constant f32[24] random(seed = 2)
            %w2 = constant f32[24, 3, 3] random(seed = 3)
            %b2 = constant f32[24] random(seed = 4)
            %w3 = constant f32[4, 24] random(seed = 5)
            %e1 = pointwise %x, %w1, %b1
            %r1 = clip %e1 {min = 0.0, max = 6.0}
            %d1 = depthwise %r1, %w2, %b2 {kernel = [3, 3], pads = [1, 1, 1, 1]}
            %s1 = relu %d1
            %p1 = pointwise %s1, %w3
            %a = add %x, %p1
            %e2 = pointwise %a, %w1, %b1
            %d2 = depthwise %e2, %w2 {kernel = [3, 3], pads = [1, 1, 1, 1]}
            %y = pointwise %d2, %w3
          }
          """,
          "blocks.ir");

  @Test
  void theLargestChannelsStay() {
    Graph pruned = PrunedChannels.of(GRAPH, 0.6);
    Map<String, Node> nodes = pruned.producers();
    assertThat(List.of("e1", "r1", "d1", "s1")).allSatisfy(
        name -> assertThat(nodes.get(name).type().shape().dim(1)).as("0.6 of 24, as a multiple of 8").isEqualTo(16));
    assertThat(nodes.get("d2").type().shape().dim(1)).as("the value before it is an output").isEqualTo(24);
    Map<String, Tensor> inputs = SeededInputs.of(GRAPH, 1);
    Map<String, Tensor> expected = Interpreter.run(withoutSmallest(8), inputs);
    Map<String, Tensor> outputs = Interpreter.run(pruned, inputs);
    assertThat(outputs.keySet()).isEqualTo(expected.keySet());
    outputs.forEach((name, output) ->
        assertThat(Difference.between(output, expected.get(name)).relativeL2()).as(name).isLessThan(1e-6));
  }

  @Test
  void allOfItChangesNothingAndSomeChannelsAlwaysStay() {
    assertThat(PrunedChannels.of(GRAPH, 1).producers().get("d1").type().shape().dim(1)).isEqualTo(24);
    assertThat(PrunedChannels.of(GRAPH, 0).producers().get("d1").type().shape().dim(1)).isEqualTo(8);
  }

  /** The whole graph, whose first block does not read the {@code count} channels with the smallest weights. */
  private static Graph withoutSmallest(int count) {
    float[] expand = floats("w1");
    float[] project = floats("w3");
    double[] norms = new double[24];
    for (int i = 0; i < expand.length; i++) {
      norms[i / 4] += Math.abs(expand[i]);
    }
    double[] sorted = norms.clone();
    Arrays.sort(sorted);
    for (int i = 0; i < project.length; i++) {
      project[i] = norms[i % 24] < sorted[count] ? 0 : project[i];
    }
    Node before = GRAPH.producers().get("p1");
    Node weights = Node.of("w3.zeros", new Constant(Tensor.of(project, 4, 24)), List.of(), before.location());
    Node layer = Node.of("p1", before.op(), List.of(before.operand(0), weights.result()), before.location());
    return GRAPH.apply(Rewrite.redefine(List.of(weights, layer)));
  }

  private static float[] floats(String constant) {
    return ((Constant) GRAPH.producers().get(constant).op()).value().floats().clone();
  }
}
