package dev.lowpass.learn.choice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lowpass.learn.sensitivity.BandLayer;
import dev.lowpass.learn.sensitivity.LayerSensitivity;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

class LayerCutProperties {
  private static final BandLayer LAYER = Invented.LAYERS.getFirst();

  private static LayerCut cheapest(LayerSensitivity sensitivity, double coherence, double price) {
    return LayerCut.cheapest(sensitivity, sensitivity.squares(), coherence, price);
  }

  @Property(tries = 20)
  void whatCostsNothingIsKept(@ForAll long seed, @ForAll @DoubleRange(max = 50) double coherence) {
    LayerCut cut = cheapest(Invented.sensitivity(LAYER, 1, seed), coherence, 0);
    assertThat(cut.isWhole()).isTrue();
    assertThat(cut.limit()).isEqualTo(LAYER.full());
    assertThat(cut.alone()).isZero();
    assertThat(cut.lost()).containsOnly(0);
  }

  @Property(tries = 50)
  void forAHigherPriceNoChannelKeepsMore(
      @ForAll long seed,
      @ForAll @DoubleRange(min = 0.02, max = 50) double coherence,
      @ForAll @DoubleRange(max = 0.1) double price,
      @ForAll @DoubleRange(max = 0.1) double more) {
    LayerSensitivity sensitivity = Invented.sensitivity(LAYER, 1, seed);
    LayerCut cheap = cheapest(sensitivity, coherence, price);
    LayerCut dear = cheapest(sensitivity, coherence, price + more);
    for (int c = 0; c < LAYER.channels(); c++) {
      assertThat(dear.places()[c]).isLessThanOrEqualTo(cheap.places()[c]);
    }
    assertThat(dear.alone()).isGreaterThanOrEqualTo(cheap.alone());
  }

  /** No other threshold of any channel has less loss and price together. */
  @Property(tries = 20)
  void everyChannelTakesItsCheapestThreshold(
      @ForAll long seed,
      @ForAll @DoubleRange(min = 0.02, max = 50) double coherence,
      @ForAll @DoubleRange(max = 0.1) double price) {
    LayerSensitivity sensitivity = Invented.sensitivity(LAYER, 1, seed);
    double[][] squares = sensitivity.squares();
    LayerCut cut = cheapest(sensitivity, coherence, price);
    for (int c = 0; c < LAYER.channels(); c++) {
      double taken = cost(squares[c], coherence, price, cut.places()[c]);
      for (int place = 0; place < LAYER.thresholds().size(); place++) {
        assertThat(taken).isLessThanOrEqualTo(cost(squares[c], coherence, price, place) + 1e-15);
      }
    }
  }

  private static double cost(double[] squares, double coherence, double price, int place) {
    return coherence * squares[place] / 2 + price * LAYER.thresholds().get(place);
  }

  @Property(tries = 30)
  void aLimitBetweenThresholdsIsTheNextHigherOne(@ForAll @IntRange(max = 36) int kept) {
    LayerSensitivity sensitivity = Invented.sensitivity(LAYER, 1, 1);
    int[] keep = new int[LAYER.channels()];
    Arrays.fill(keep, kept);
    LayerCut cut = LayerCut.of(sensitivity, sensitivity.squares(), LAYER.limit(keep));
    List<Integer> thresholds = LAYER.thresholds();
    int expected = thresholds.stream().filter(threshold -> threshold >= kept).findFirst().orElseThrow();
    assertThat(cut.limit().keep().keep()).containsOnly(expected);
  }

  @Example
  void lossesAreThoseOfTheJudgingPictures() {
    LayerSensitivity sensitivity = Invented.sensitivity(LAYER, 1, 1);
    int[] keep = new int[LAYER.channels()];
    Arrays.fill(keep, LAYER.coefficients());
    keep[2] = 0;
    keep[5] = 12;
    LayerCut cut = LayerCut.of(sensitivity, sensitivity.squares(), LAYER.limit(keep));
    int third = LAYER.thresholds().indexOf(12);
    double[][] squares = sensitivity.squares();
    assertThat(cut.isWhole()).isFalse();
    assertThat(cut.alone()).isCloseTo((squares[2][0] + squares[5][third]) / 2, within(1e-12));
    assertThat(cut.lost()).hasSize(20);
    for (int n = 0; n < 20; n++) {
      double lost = -sensitivity.tails()[2][0][2 * n + 1] - sensitivity.tails()[5][third][2 * n + 1];
      assertThat(cut.lost()[n]).isCloseTo(lost, within(1e-6));
    }
  }
}
