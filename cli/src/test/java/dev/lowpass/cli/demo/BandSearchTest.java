package dev.lowpass.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowpass.ir.BandLimit;
import dev.lowpass.ir.Graph;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.bands.BandsFile;
import dev.lowpass.ir.text.IrText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BandSearchTest {
  private static final String TEXT =
      """
      graph @two(%x: f32[1, 2, 12, 16]) -> (y = %y) {
        %w = constant f32[2, 2] [1.0, 1.0, 1.0, -1.0]
        %p = pointwise %x, %w : f32[1, 2, 12, 16] loc("mix")
        %r = relu %p
        %y = global_average_pool %r
      }
      """;

  /** Channel 0 is a slow wave, channel 1 is noise. */
  private static List<Map<String, Tensor>> inputs() {
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

  @Test
  void aSmoothChannelKeepsLessThanANoisyOne() {
    Graph graph = IrText.parse(TEXT, "two.ir");
    BandLimit limit = search(graph).find(0.6).of("mix").orElseThrow();
    assertThat(limit.keep().of(0)).isLessThan(limit.keep().of(1));
    assertThat(limit.retained()).isLessThanOrEqualTo(0.6);
  }

  @Test
  void whenEverythingMayStayOnlyWhatIsZeroAnywayGoes() {
    Graph graph = IrText.parse(TEXT, "two.ir");
    BandLimit limit = search(graph).find(1).of("mix").orElseThrow();
    // The wave does not change from row to row: its coefficients of the last two diagonals are zero.
    assertThat(limit.keep().of(0)).isLessThan(48);
    assertThat(limit.keep().of(1)).isEqualTo(48);
  }

  private static BandSearch search(Graph graph) {
    return new BandSearch(graph, inputs(), output -> output.floats()[0]);
  }

  @Test
  void theShippedBandsFitTheModel() throws IOException {
    BandsFile bands = BandsFile.parse(DirectionBands.shipped(), "shipped");
    bands.checkAgainst(DirectionBands.graph());
    assertThat(bands.layers()).isNotEmpty();
  }

  @Test
  void theShippedBandsAreFoundAgain() throws IOException {
    assertThat(DirectionBands.find()).isEqualTo(DirectionBands.shipped());
  }
}
