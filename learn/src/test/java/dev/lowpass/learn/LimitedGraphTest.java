package dev.lowpass.learn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.bands.BandsFile;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.interpreter.Difference;
import dev.lowpass.ir.interpreter.Interpreter;
import dev.lowpass.ir.verify.Verifier;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LimitedGraphTest {
  private static Graph limited(String keep) {
    String text = "bands 1\nlayer \"mix\" block 6x8 order zigzag keep " + keep + "\n";
    return LimitedGraph.of(WaveAndNoise.GRAPH, BandsFile.parse(text, "test.bands"));
  }

  private static Tensor run(Graph graph) {
    return Interpreter.run(graph, WaveAndNoise.inputs().getFirst()).get("y");
  }

  @Test
  void fullBandsChangeNothingButRounding() {
    Graph full = limited("[48, 48]");
    assertThat(full.nodes()).hasSize(WaveAndNoise.GRAPH.nodes().size() + 2);
    assertThat(Difference.between(run(full), run(WaveAndNoise.GRAPH)).relativeL2()).isLessThan(1e-6);
  }

  @Test
  void aLimitLosesWhatTheEvaluatorMeasures() {
    BandsFile half = BandsFile.parse("bands 1\nlayer \"mix\" block 6x8 order zigzag keep [24, 0]\n", "half.bands");
    Map<String, Tensor> input = WaveAndNoise.inputs().getFirst();
    float expected = run(WaveAndNoise.GRAPH).floats()[0];
    float found = run(limited("[24, 0]")).floats()[0];
    double change = (double) found - expected;
    assertThat(change).isNotZero();
    assertThat(InterpretedEvaluator.of(WaveAndNoise.GRAPH, List.of(input), WaveAndNoise.LOSS).loss(half))
        .isEqualTo(change * change);
  }

  @Test
  void theResultIsAValidGraph() {
    Verifier.verify(limited("[3, 0]"));
  }
}
