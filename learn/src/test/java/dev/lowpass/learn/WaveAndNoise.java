package dev.lowpass.learn;

import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.text.IrText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** A network of one layer over two channels of 12x16: channel 0 is a slow wave, channel 1 is noise. */
final class WaveAndNoise {
  static final Graph GRAPH =
      IrText.parse(
          """
          graph @two(%x: f32[1, 2, 12, 16]) -> (y = %y) {
            %w = constant f32[2, 2] [1.0, 1.0, 1.0, -1.0]
            %p = pointwise %x, %w : f32[1, 2, 12, 16] loc("mix")
            %r = relu %p
            %y = global_average_pool %r
          }
          """,
          "two.ir");

  /** The first of the two means. */
  static final OutputLoss LOSS = new SquaredChange(output -> output.floats()[0]);

  private WaveAndNoise() {}

  static List<Map<String, Tensor>> inputs() {
    SplittableRandom random = new SplittableRandom(1);
    List<Map<String, Tensor>> inputs = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      float[] values = new float[2 * 12 * 16];
      for (int j = 0; j < 12 * 16; j++) {
        values[j] = (float) Math.sin((j % 16) / 5.0 + i);
        values[12 * 16 + j] = (float) random.nextGaussian();
      }
      inputs.add(Map.of("x", Tensor.of(values, 1, 2, 12, 16)));
    }
    return inputs;
  }

  /** A search in {@code scope} that judges by {@link #LOSS}. */
  static BandSearch search(SearchScope scope, SearchListener listener) {
    CandidateEvaluator evaluator = InterpretedEvaluator.of(GRAPH, inputs(), LOSS);
    return new BandSearch(GRAPH, scope, inputs(), evaluator, listener);
  }
}
