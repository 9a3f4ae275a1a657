package dev.lowpass.learn.choice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.graph.Node;
import dev.lowpass.ir.text.IrText;
import dev.lowpass.learn.Pictures;
import dev.lowpass.learn.data.Batches;
import dev.lowpass.learn.network.LayerInput;
import dev.lowpass.learn.network.Network;
import dev.lowpass.learn.network.TrainingEngine;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PooledScalesTest {
  /** Two layers behind each other read what was pooled. */
  private static final Graph GRAPH =
      IrText.parse(
          """
          graph @g(%x: f32[1, 3, 2, 2]) -> (y = %q) {
            %one = constant f32[4, 3] [1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0]
            %p = pointwise %x, %one
            %r = relu %p
            %g = global_average_pool %r
            %w = constant f32[5, 4] random(seed = 1)
            %h = pointwise %g, %w
            %s = hard_swish %h
            %v = constant f32[2, 5] random(seed = 2)
            %q = pointwise %s, %v
          }
          """,
          "g.ir");

  private static final int PICTURES = 300;

  /** What a mask leaves of each channel; the fourth one, which no picture has, is silent. */
  private static final float[] LEFT = {0.5f, 1, 0.8f};

  private final NDManager manager = TrainingEngine.newManager();
  private final Network network = Network.of(GRAPH, manager);

  @AfterEach
  void close() {
    manager.close();
  }

  private static NDArray scaled(Node layer, NDArray input) {
    return layer.name().equals("p") ? input.mul(input.getManager().create(LEFT).reshape(1, 3, 1, 1)) : input;
  }

  private float[] weights(String name) {
    return Objects.requireNonNull(network.weights().get(name)).toFloatArray();
  }

  private void fold(LayerInput masks, int pictures) {
    PooledScales.fold(network, masks, Batches.of(Pictures.drawn(pictures, 12, 1), GRAPH, 7));
  }

  /** With evidence of as much as two pictures that nothing is to be made up for. */
  @Test
  void whatEveryPictureLosesIsMadeUpFor() {
    float[] before = weights("w");
    fold(PooledScalesTest::scaled, PICTURES);
    float[] after = weights("w");
    double prior = 2.0 / PICTURES;
    for (int i = 0; i < after.length; i++) {
      double factor = i % 4 == 3 ? 1 : (LEFT[i % 4] + prior) / (LEFT[i % 4] * LEFT[i % 4] + prior);
      assertThat(after[i]).isCloseTo((float) (before[i] * factor), within(1e-5f));
      if (i % 4 < 3) {
        assertThat(factor * LEFT[i % 4]).isBetween(0.98, 1.0);
      }
    }
  }

  /** What the first of them makes up for, the second one does not see. */
  @Test
  void layersBehindAreAsTheyWere() {
    float[] before = weights("v");
    fold(PooledScalesTest::scaled, PICTURES);
    assertThat(weights("v")).isEqualTo(before);
  }

  @Test
  void withoutMasksNothingChanges() {
    float[] before = weights("w");
    fold(LayerInput.WHOLE, 10);
    assertThat(weights("w")).usingComparatorWithPrecision(1e-6f).containsExactly(before);
    assertThat(weights("one")).containsExactly(1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0);
  }
}
