package dev.lowpass.codegen.cpu.kernel.product;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowpass.ir.Precision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which panels are of pairs, and where their weights lie. What kernels make of them is the test suite's to say. */
class PanelsTest {
  @ParameterizedTest
  @CsvSource({"24, 96, 2, 0, 2, 3", "8, 6, 1, 0, 1, 1", "40, 50, 2, 2, 1, 1", "33, 4, 3, 0, 3, 5"})
  void halfOfAVectorLeftEmptyMakesPairs(
      int outputs, int channels, int vectors, int slab, int width, int vectorsOfSums) {
    ProductPanel panel = new Panels(outputs, channels, vectors, channels % 2 == 0).at(slab);
    assertThat(panel).isEqualTo(new ProductPanel.Paired(width));
    assertThat(panel.sums()).isEqualTo(vectorsOfSums);
  }

  /** Full or nearly full vectors, an odd channel, and a panel before the last. */
  @ParameterizedTest
  @CsvSource({"32, 96, 2, 0", "25, 96, 2, 0", "24, 95, 2, 0", "24, 96, 1, 0", "40, 50, 2, 0"})
  void othersStayPlain(int outputs, int channels, int vectors, int slab) {
    Panels panels = new Panels(outputs, channels, vectors, channels % 2 == 0);
    assertThat(panels.at(slab)).isEqualTo(new ProductPanel.Plain(vectors));
  }

  @Test
  void weightsOfTwoChannelsLieSideBySide() {
    float[] weight = {1, 2, 3, 4, 5, 6, 7, 8};
    int[] packed = new Panels(2, 4, 1, true).pack(weight);
    assertThat(packed).hasSize(32).startsWith(bits(1), bits(2), bits(5), bits(6), 0);
    assertThat(packed[16]).isEqualTo(bits(3));
    assertThat(packed[19]).isEqualTo(bits(8));
  }

  /** The even one in the lower half; channels are filled up to 32. */
  @Test
  void roundedWeightsOfTwoChannelsShareAWord() {
    float[] weight = new float[17 * 3];
    weight[0] = 1;
    weight[1] = 2;
    weight[2] = 0x1.03p0f;
    weight[16 * 3 + 2] = -1;
    int[] packed = new Panels(17, 3, 1, false, Precision.BFLOAT16).pack(weight);
    assertThat(packed).hasSize(2 * 16 * 16);
    assertThat(packed[0]).isEqualTo(bits(1) >>> 16 | bits(2));
    assertThat(packed[16]).isEqualTo(bits(0x1.04p0f) >>> 16);
    assertThat(packed[16 * 16 + 16]).isEqualTo(bits(-1) >>> 16);
  }

  private static int bits(float value) {
    return Float.floatToRawIntBits(value);
  }

  /** More sums a row leave registers for fewer rows, but never for none. */
  @ParameterizedTest
  @CsvSource({"24, 2, 14, 9", "24, 2, 1, 1", "8, 1, 14, 14", "32, 2, 14, 14"})
  void tilesFitTheRegisters(int outputs, int vectors, int rows, int fitting) {
    assertThat(new Panels(outputs, 96, vectors, true).rows(0, rows)).isEqualTo(fitting);
  }
}
