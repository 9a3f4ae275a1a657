package dev.lowpass.passes.channels;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.interpreter.Difference;
import dev.lowpass.ir.interpreter.Interpreter;
import dev.lowpass.ir.interpreter.Numbers;
import dev.lowpass.ir.interpreter.SeededInputs;
import dev.lowpass.passes.Pipelines;
import dev.lowpass.passes.machine.Machines;
import dev.lowpass.passes.pass.PassContext;
import dev.lowpass.passes.pass.PassManager;
import dev.lowpass.passes.pass.Pipeline;
import java.util.SequencedMap;
import java.util.stream.LongStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Dropping dead channels changes no number, however large the input is. */
class DropDeadChannelsProperties {
  private static final Pipeline DROP = Pipelines.parse("drop-dead-channels{granularity=1}");

  @Property(tries = 200)
  void everyOutputIsExactlyTheSame(@ForAll long seed) {
    Graph graph = DecayedNetwork.of(seed);
    Graph smaller = run(graph);
    for (float scale : new float[] {0, 1, 1000}) {
      SequencedMap<String, Tensor> inputs = SeededInputs.of(graph, seed);
      inputs.replaceAll((name, tensor) -> scaled(tensor, scale));
      SequencedMap<String, Numbers> found = Interpreter.trace(smaller, inputs);
      SequencedMap<String, Numbers> expected = Interpreter.trace(graph, inputs);
      for (Graph.Output output : graph.outputs()) {
        String name = output.value().name();
        Difference difference = Difference.between(found.get(name), expected.get(name));
        assertThat(difference.maxAbsolute()).as("%s in %s", difference, name).isZero();
      }
    }
  }

  @Property(tries = 50)
  void twiceIsOnce(@ForAll long seed) {
    Graph once = run(DecayedNetwork.of(seed));
    assertThat(new DropDeadChannels(new DropDeadChannels.Options(1)).rewrite(once, PassContext.of(Machines.AVX512)).isEmpty()).isTrue();
  }

  /** The properties would hold of a pass that does nothing. */
  @Example
  void manyNetworksHaveDeadChannels() {
    assertThat(LongStream.range(0, 100).filter(seed -> !run(DecayedNetwork.of(seed)).equals(DecayedNetwork.of(seed))))
        .hasSizeGreaterThan(50);
  }

  private static Tensor scaled(Tensor tensor, float scale) {
    float[] values = tensor.floats().clone();
    for (int i = 0; i < values.length; i++) {
      values[i] *= scale;
    }
    return Tensor.of(values, tensor.shape());
  }

  private static Graph run(Graph graph) {
    return PassManager.verifying().run(DROP, graph, PassContext.of(Machines.AVX512));
  }
}
