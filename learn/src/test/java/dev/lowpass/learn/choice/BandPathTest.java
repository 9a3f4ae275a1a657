package dev.lowpass.learn.choice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowpass.ir.BandLimit;
import dev.lowpass.ir.bands.BandsFile;
import dev.lowpass.learn.sensitivity.BandLayer;
import dev.lowpass.learn.sensitivity.Sensitivities;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BandPathTest {
  private static final BandsFile NONE = new BandsFile(new LinkedHashMap<>());
  private static final double DENSE = Invented.TIMES.whole();

  private static BandPath.Point within(Sensitivities sensitivities, double part) {
    return new BandPath(sensitivities, NONE, Invented.TIMES).within(part * DENSE);
  }

  private static BandsFile nothing() {
    SequencedMap<String, BandLimit> limits = new LinkedHashMap<>();
    for (BandLayer layer : Invented.LAYERS) {
      limits.put(layer.name(), layer.limit(new int[layer.channels()]));
    }
    return new BandsFile(limits);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.9, 0.7, 0.5, 0.3, 0.15})
  void theNetworkIsAsFastAsItShallBe(double part) {
    assertThat(Invented.TIMES.of(nothing())).as("it can be").isLessThan(0.15 * DENSE);
    BandPath.Point point = within(Invented.sensitivities(1, 0.1, 0.1), part);
    assertThat(point.expense()).isLessThanOrEqualTo(part * DENSE).isEqualTo(Invented.TIMES.of(point.bands()));
    assertThat(point.expense()).as("and not much faster").isGreaterThan((part - 0.15) * DENSE);
  }

  @Test
  void whatMayTakeAllTheTimeThereIsLosesNothing() {
    BandPath.Point point = within(Invented.sensitivities(1, 0.1, 0.1), 1);
    assertThat(point.bands()).isEqualTo(NONE);
    assertThat(point.loss()).isZero();
    assertThat(point.expense()).isEqualTo(DENSE);
  }

  @Test
  void whatCannotBeReachedIsTheFastestFound() {
    Sensitivities sensitivities = Invented.sensitivities(1, 0.1, 0.1);
    BandPath.Point point = within(sensitivities, 0);
    assertThat(point.expense()).isLessThanOrEqualTo(within(sensitivities, 0.15).expense());
  }

  @Test
  void theLossIsThatOfTheFirstOrder() {
    Sensitivities sensitivities = Invented.sensitivities(1, 0.1, 0.1);
    BandPath.Point point = within(sensitivities, 0.5);
    double squares = 0;
    for (int n = 0; n < 20; n++) {
      double lost = 0;
      for (int l = 0; l < 2; l++) {
        BandLayer layer = Invented.LAYERS.get(l);
        BandLimit limit = point.bands().of(layer.name()).orElseGet(layer::full);
        for (int c = 0; c < layer.channels(); c++) {
          int place = layer.thresholds().indexOf(limit.keep().of(c));
          lost -= sensitivities.layers().get(l).tails()[c][place][2 * n + 1];
        }
      }
      squares += lost * lost;
    }
    assertThat(point.loss()).isCloseTo(squares / 40, Offset.offset(1e-9)).isPositive();
  }

  @Test
  void layersThatMatterLittleGoFirst() {
    BandsFile bands = within(Invented.sensitivities(1, 1e-4, 0.5), 0.7).bands();
    assertThat(bands.layers()).containsOnlyKeys("expand");
    bands = within(Invented.sensitivities(1, 0.5, 1e-4), 0.7).bands();
    assertThat(bands.layers()).containsOnlyKeys("project");
  }

  /** The measure of the paper: every coefficient that is dropped is saved, in the layer that it is dropped in. */
  @ParameterizedTest
  @ValueSource(doubles = {0.9, 0.5, 0.2})
  void multiplyAddsCanBeSavedInPlaceOfTime(double part) {
    MultiplyAdds expense = new MultiplyAdds(Invented.LAYERS);
    assertThat(expense.whole()).isEqualTo(2.0 * 64 * 128 * 36);
    BandPath.Point point =
        new BandPath(Invented.sensitivities(1, 0.1, 0.1), NONE, expense).within(part * expense.whole());
    double kept = 0;
    for (BandLayer layer : Invented.LAYERS) {
      BandLimit limit = point.bands().of(layer.name()).orElseGet(layer::full);
      kept += limit.keep().keep().stream().mapToInt(Integer::intValue).sum() * 64.0 * 128 / layer.channels();
    }
    assertThat(point.expense()).isCloseTo(kept, Offset.offset(1e-6)).isLessThanOrEqualTo(part * expense.whole());
  }

  /** Sensitivities at a cut say what all of it costs: undoing it is a gain. */
  @Test
  void aCutThatWasMadeCanBeUndone() {
    Sensitivities whole = Invented.sensitivities(1, 0.1, 0.1);
    BandPath.Point cut = within(whole, 0.5);
    double[] lost = new double[40];
    for (int n = 0; n < lost.length; n++) {
      for (int l = 0; l < 2; l++) {
        BandLayer layer = Invented.LAYERS.get(l);
        BandLimit limit = cut.bands().of(layer.name()).orElseGet(layer::full);
        for (int c = 0; c < layer.channels(); c++) {
          lost[n] -= whole.layers().get(l).tails()[c][layer.thresholds().indexOf(limit.keep().of(c))][n];
        }
      }
    }
    // As measured where everything is linear: the tails are the same, and the loss so far is known.
    Sensitivities measured = new Sensitivities(whole.layers(), lost);
    BandPath.Point again = new BandPath(measured, cut.bands(), Invented.TIMES).within(DENSE);
    assertThat(again.bands()).isEqualTo(NONE);
    assertThat(again.loss()).isCloseTo(0, Offset.offset(1e-9));
  }
}
