package dev.lowpass.learn.choice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowpass.learn.ProductPrices;
import dev.lowpass.learn.sensitivity.BandLayer;
import dev.lowpass.passes.cost.CostTerm;
import dev.lowpass.passes.cost.PricedModel;
import dev.lowpass.passes.cost.ProductSize;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PayingLayersTest {

  /** Where transforms cost more than any product. */
  private static TimeModel dearTransforms() {
    Map<CostTerm, Double> prices = new EnumMap<>(ProductPrices.MODEL.nanoseconds());
    prices.put(CostTerm.TRANSFORM, 1e4);
    PricedModel model = new PricedModel(ProductPrices.MODEL.machine(), "made up", prices);
    return new TimeModel(Invented.GRAPH, model.machine(), model);
  }

  @Test
  void whereOnlyProductsTakeTimeAllLayersPay() {
    assertThat(PayingLayers.of(Invented.LAYERS, Invented.TIMES)).isEqualTo(Invented.LAYERS);
  }

  @Test
  void whereTransformsCostMoreThanTheySaveNonePay() {
    assertThat(PayingLayers.of(Invented.LAYERS, dearTransforms())).isEmpty();
  }

  @Test
  void aCoefficientCostsWhatItsProductsCost() {
    for (BandLayer layer : Invented.LAYERS) {
      double all = Invented.TIMES.slope(layer) * layer.channels() * layer.coefficients();
      double dense = Invented.TIMES.prices().dense(
          ProductSize.of(
              layer.node().operand(0).type().shape(), layer.node().type().shape().dim(1)));
      // The staircase of bands rounds up, and a dense product may be made of halves.
      assertThat(all).isBetween(0.5 * dense, 2 * dense);
    }
  }
}
