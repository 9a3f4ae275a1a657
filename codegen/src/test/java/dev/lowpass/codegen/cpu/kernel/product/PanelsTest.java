package dev.lowpass.codegen.cpu.kernel.product;

import static org.assertj.core.api.Assertions.assertThat;

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
    float[] packed = new Panels(2, 4, 1, true).pack(weight);
    assertThat(packed).hasSize(32).startsWith(1, 2, 5, 6, 0);
    assertThat(packed[16]).isEqualTo(3);
    assertThat(packed[19]).isEqualTo(8);
  }

  /** More sums a row leave registers for fewer rows, but never for none. */
  @ParameterizedTest
  @CsvSource({"24, 2, 14, 9", "24, 2, 1, 1", "8, 1, 14, 14", "32, 2, 14, 14"})
  void tilesFitTheRegisters(int outputs, int vectors, int rows, int fitting) {
    assertThat(new Panels(outputs, 96, vectors, true).rows(0, rows)).isEqualTo(fitting);
  }
}
