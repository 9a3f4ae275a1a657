package dev.lowpass.learn.sensitivity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lowpass.ir.text.IrText;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two channels of 1x2, with thresholds 0, 1 and 2; five pictures, of which the second and fourth judge. */
class LayerSensitivityTest {
  private static final BandLayer LAYER =
      BandLayer.of(
              IrText.parse(
                  """
                  graph @g(%x: f32[1, 2, 1, 2]) -> (y = %y) {
                    %w = constant f32[2, 2] [1.0, 1.0, 1.0, -1.0]
                    %y = pointwise %x, %w
                  }
                  """,
                  "g.ir"))
          .getFirst();

  private static final LayerSensitivity SENSITIVITY =
      new LayerSensitivity(
          LAYER,
          new float[][][] {
            {{3, 100, 0, 200, 3}, {1, 7, 1, 8, 2}, new float[5]}, {{0, 0, 3, 0, 0}, {0, 0, 0, 0, 0}, new float[5]}
          },
          new double[][] {{2, 1}, {1, 0}},
          new double[][] {{3, 2}, {4, 5}});

  @Test
  void everyOtherPictureJudges() {
    assertThat(LAYER.thresholds()).containsExactly(0, 1, 2);
    assertThat(SENSITIVITY.judges()).isEqualTo(2);
    assertThat(SENSITIVITY.judged(0, 0, 0)).isEqualTo(-100);
    assertThat(SENSITIVITY.judged(0, 1, 1)).isEqualTo(-8);
    assertThat(new Sensitivities(List.of(SENSITIVITY), new double[] {1, 2, 3, 4, 5}).judgedLoss())
        .containsExactly(2, 4);
  }

  /**
   * Seen are mean squares 6, 2 and 3, 0 of the three pictures that do not judge, 11 in all; independent ones would be
   * 8, 2 and 4, 0, which is 14.
   */
  @Test
  void halfOfWhatIsSeenIsWhatIndependentSlopesWouldGive() {
    double[][] squares = SENSITIVITY.squares();
    double scale = 11 / 14.0;
    assertThat(squares[0])
        .usingComparatorWithPrecision(1e-12)
        .containsExactly((6 + 8 * scale) / 2, (2 + 2 * scale) / 2, 0);
    assertThat(squares[1]).usingComparatorWithPrecision(1e-12).containsExactly((3 + 4 * scale) / 2, 0, 0);
    double sum = squares[0][0] + squares[0][1] + squares[1][0];
    assertThat(sum).as("the layer's own sum").isCloseTo(11, within(1e-12));
  }

  @Test
  void aSilentLayerLosesNothing() {
    for (double[] channel : LayerSensitivity.of(LAYER, 4).squares()) {
      assertThat(channel).containsOnly(0);
    }
  }
}
