package dev.lowpass.ir.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lowpass.ir.DctMatrix;
import java.util.List;
import net.jqwik.api.Assume;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ResizeFilterTest {
  private static final double EXACT = 1e-12;

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void weightsAddUpToOne(
      @ForAll ResizeFilter filter,
      @ForAll @IntRange(min = 1, max = 60) int inputs,
      @ForAll @IntRange(min = 1, max = 60) int outputs) {
    for (double[] row : filter.taps(inputs, outputs).matrix()) {
      double sum = 0;
      for (double weight : row) {
        sum += weight;
      }
      assertThat(sum).isCloseTo(1, within(EXACT));
    }
  }

  /** A picture turned around is resized to what the resized picture is, turned around. */
  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void bothEndsAreAlike(
      @ForAll ResizeFilter filter,
      @ForAll @IntRange(min = 1, max = 40) int inputs,
      @ForAll @IntRange(min = 1, max = 40) int outputs) {
    double[][] matrix = filter.taps(inputs, outputs).matrix();
    for (int i = 0; i < outputs; i++) {
      for (int k = 0; k < inputs; k++) {
        assertThat(matrix[i][k]).isCloseTo(matrix[outputs - 1 - i][inputs - 1 - k], within(1e-9));
      }
    }
  }

  @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
  void evenSumsAreTheSameSums(
      @ForAll ResizeFilter filter,
      @ForAll @IntRange(min = 1, max = 40) int inputs,
      @ForAll @IntRange(min = 1, max = 40) int outputs) {
    Taps taps = filter.taps(inputs, outputs);
    Taps even = taps.even();
    assertThat(even.sums()).allMatch(sum -> sum.weights().size() == taps.longest());
    assertThat(even.matrix()).isDeepEqualTo(taps.matrix());
  }

  @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
  void someSamplesAreMadeAsAmongAll(
      @ForAll ResizeFilter filter,
      @ForAll @IntRange(min = 1, max = 40) int inputs,
      @ForAll @IntRange(min = 1, max = 40) int outputs,
      @ForAll @IntRange(max = 39) int from,
      @ForAll @IntRange(min = 1, max = 40) int count) {
    Assume.that(from + count <= outputs);
    assertThat(filter.taps(inputs, outputs, from, count).sums())
        .isEqualTo(filter.taps(inputs, outputs).sums().subList(from, from + count));
  }

  /** The long side of a thin picture whose short side grows. */
  @Test
  void ofAnAxisThatIsTooLongForMemorySomeSamplesCanBeMade() {
    long outputs = 60_000L * 60_000;
    Taps last = ResizeFilter.CUBIC.taps(60_000, outputs, outputs - 2, 2);
    assertThat(last.sums()).hasSize(2).allMatch(sum -> sum.end() == 60_000);
    assertThatThrownBy(() -> ResizeFilter.CUBIC.taps(60_000, outputs, outputs - 1, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2 samples from 3599999999 on, of 3600000000");
  }

  @ParameterizedTest
  @EnumSource
  void theSameSizeIsTheSamePicture(ResizeFilter filter) {
    double[][] matrix = filter.taps(5, 5).matrix();
    for (int i = 0; i < 5; i++) {
      for (int k = 0; k < 5; k++) {
        assertThat(matrix[i][k]).isCloseTo(i == k ? 1 : 0, within(EXACT));
      }
    }
  }

  /** 224 samples are 32 blocks of 7, which become 32 of 6. */
  @Test
  void aChangeOfGridKeepsTheFirstCoefficientsOfEachBlock() {
    Taps taps = ResizeFilter.DCT.taps(224, 192);
    DctMatrix seven = new DctMatrix(7);
    DctMatrix six = new DctMatrix(6);
    for (int output : List.of(0, 5, 6, 100, 191)) {
      Taps.Sum sum = taps.sums().get(output);
      assertThat(sum.first()).isEqualTo(output / 6 * 7);
      assertThat(sum.weights()).hasSize(7);
      for (int i = 0; i < 7; i++) {
        double weight = 0;
        for (int u = 0; u < 6; u++) {
          weight += six.at(u, output % 6) * seven.at(u, i);
        }
        assertThat(sum.weights().get(i)).isCloseTo(weight * Math.sqrt(6.0 / 7), within(EXACT));
      }
    }
  }

  /** Zeros that are added are cut off again. */
  @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
  void aLargerGridHasAllOfASmallerOne(
      @ForAll @IntRange(min = 1, max = 30) int small, @ForAll @IntRange(min = 1, max = 30) int more) {
    double[][] up = ResizeFilter.DCT.taps(small, small + more).matrix();
    double[][] down = ResizeFilter.DCT.taps(small + more, small).matrix();
    for (int i = 0; i < small; i++) {
      for (int k = 0; k < small; k++) {
        double product = 0;
        for (int j = 0; j < small + more; j++) {
          product += down[i][j] * up[j][k];
        }
        assertThat(product).isCloseTo(i == k ? 1 : 0, within(1e-9));
      }
    }
  }

  @Test
  void blocksOfAGridHaveALargestSize() {
    assertThat(ResizeFilter.DCT.taps(128, 126).longest()).isEqualTo(64);
    assertThatThrownBy(() -> ResizeFilter.DCT.taps(130, 128))
        .hasMessage("the grid of 130 samples changes to 128 in blocks of 65 to 64, of which 64 is the largest");
  }

  @Test
  void sumsReadWhatIsThere() {
    assertThatThrownBy(() -> new Taps(3, List.of(new Taps.Sum(2, List.of(0.5, 0.5)))))
        .hasMessage("a sum of inputs 2 to 3, where there are 3");
  }
}
