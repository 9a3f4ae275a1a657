package dev.lowpass.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lowpass.ir.BandLimit;
import dev.lowpass.ir.Block;
import dev.lowpass.ir.CoefficientOrder;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.bands.BandsFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BandSearchTest {
  private static final SearchScope SCOPE = SearchScope.everywhere(new Block(6, 8), CoefficientOrder.ZIGZAG);

  private static BandLimit found(SearchScope scope, double retained) {
    return WaveAndNoise.search(scope, SearchListener.silent()).find(retained).of("mix").orElseThrow();
  }

  @Test
  void aSmoothChannelKeepsLessThanANoisyOne() {
    BandLimit limit = found(SCOPE, 0.6);
    assertThat(limit.keep().of(0)).isLessThan(limit.keep().of(1));
    assertThat(limit.retained()).isLessThanOrEqualTo(0.6);
  }

  @Test
  void whenEverythingMayStayOnlyWhatIsZeroAnywayGoes() {
    BandLimit limit = found(SCOPE, 1);
    // The wave does not change from row to row: its coefficients of the last two diagonals are zero.
    assertThat(limit.keep().of(0)).isLessThan(48);
    assertThat(limit.keep().of(1)).isEqualTo(48);
  }

  @ParameterizedTest
  @CsvSource({"6, 8, zigzag", "4, 4, zigzag", "12, 16, square", "3, 2, diagonal"})
  void blocksAndOrderAreThoseThatWereAskedFor(int height, int width, String order) {
    Block block = new Block(height, width);
    BandLimit limit = found(SearchScope.everywhere(block, CoefficientOrder.parse(order)), 0.6);
    assertThat(limit.block()).isEqualTo(block);
    assertThat(limit.order()).hasToString(order);
    assertThat(limit.retained()).isLessThanOrEqualTo(0.6);
  }

  /** A wave along rows has the coefficients (0, v) alone, of which (0, 3) is the last. */
  @ParameterizedTest
  @CsvSource({"zigzag, 8", "square, 10"})
  void theOrderDecidesHowMuchAWaveKeeps(String order, int threshold) {
    // Its place is 6 on anti-diagonals and 9 in growing squares, and thresholds of 16 go by twos.
    BandLimit limit = found(SearchScope.everywhere(new Block(4, 4), CoefficientOrder.parse(order)), 1);
    assertThat(limit.keep().of(0)).isEqualTo(threshold);
  }

  @Test
  void whatOthersSayOfACandidateIsWhatCounts() {
    List<BandsFile> asked = new ArrayList<>();
    CandidateEvaluator harmless =
        candidate -> {
          asked.add(candidate);
          return 0;
        };
    BandSearch search =
        new BandSearch(WaveAndNoise.GRAPH, SCOPE, WaveAndNoise.inputs(), harmless, SearchListener.silent());
    // Nothing suffers, so that the least price drops everything.
    assertThat(search.find(1).of("mix").orElseThrow().retained()).isZero();
    assertThat(asked).hasSize(1);
    assertThat(asked.getFirst().layers()).containsOnlyKeys("mix");
  }

  @Test
  void aListenerHearsStagesFromBeginningToEnd() {
    List<String> heard = new ArrayList<>();
    WaveAndNoise.search(SCOPE, (stage, done, total) -> heard.add(stage + " " + done + "/" + total)).losses();
    assertThat(heard)
        .containsExactly(
            "measure coefficients 0/4", "measure coefficients 4/4", "probe layers 0/1", "probe layers 1/1");
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1.5, Double.NaN})
  void aPartThatIsNoneIsRefused(double part) {
    BandChoice losses = WaveAndNoise.search(SCOPE, SearchListener.silent()).losses();
    assertThatThrownBy(() -> losses.keeping(part)).hasMessageStartingWith("LP6003 ").hasMessageContaining("0 to 1");
  }

  @Test
  void withoutInputsThereIsNothingToMeasure() {
    List<Map<String, Tensor>> none = List.of();
    assertThatThrownBy(() -> InterpretedEvaluator.of(WaveAndNoise.GRAPH, none, WaveAndNoise.LOSS))
        .hasMessageStartingWith("LP6004 two");
    assertThatThrownBy(() -> new BandSearch(WaveAndNoise.GRAPH, SCOPE, none, _ -> 0, SearchListener.silent()))
        .hasMessageStartingWith("LP6004 two");
  }
}
