package dev.lowpass.learn.sensitivity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowpass.ir.Block;
import dev.lowpass.ir.text.IrText;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BandLayerTest {
  private static List<BandLayer> layers(int rows, int columns) {
    return BandLayer.of(
        IrText.parse(
            """
            graph @g(%%x: f32[1, 3, %d, %d]) -> (y = %%y) {
              %%w = constant f32[2, 3] random(seed = 1)
              %%y = pointwise %%x, %%w : f32[1, 2, %d, %d] loc("mix")
            }
            """
                .formatted(rows, columns, rows, columns),
            "g.ir"));
  }

  @ParameterizedTest
  @CsvSource({
    "14, 14, 7, 7", "12, 6, 6, 6", "16, 24, 8, 6", "10, 15, 5, 5", "20, 4, 5, 4", "9, 2, 3, 2", "11, 13, 7, 7",
    "1, 5, 1, 5"
  })
  void blocksDivideTheMapWhereTheyCan(int rows, int columns, int height, int width) {
    assertThat(layers(rows, columns)).singleElement().extracting(BandLayer::block).isEqualTo(new Block(height, width));
  }

  @Test
  void aSingleSampleHasNoFrequencies() {
    assertThat(layers(1, 1)).isEmpty();
  }

  @Test
  void isNamedAsABandsFileNamesIt() {
    BandLayer layer = layers(14, 21).getFirst();
    assertThat(layer.name()).isEqualTo("mix");
    assertThat(layer.channels()).isEqualTo(3);
    assertThat(layer.coefficients()).isEqualTo(49);
    assertThat(layer.costOfCoefficient()).as("six blocks, two outputs").isEqualTo(12);
    assertThat(layer.full().keep().keep()).containsExactly(49, 49, 49);
    assertThat(layer.limit(new int[] {1, 0, 7}).keep().keep()).containsExactly(1, 0, 7);
  }

  @Test
  void thresholdsAscendFromNothingToEverything() {
    for (int side = 2; side <= 8; side++) {
      BandLayer layer = layers(side, side).getFirst();
      List<Integer> thresholds = layer.thresholds();
      assertThat(thresholds).startsWith(0, 1).endsWith(layer.coefficients()).doesNotHaveDuplicates().isSorted();
      assertThat(thresholds.size()).isLessThanOrEqualTo(14);
    }
    assertThat(layers(3, 4).getFirst().thresholds()).isEqualTo(IntStream.rangeClosed(0, 12).boxed().toList());
  }
}
