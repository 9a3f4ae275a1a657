package dev.lowpass.learn;

import dev.lowpass.passes.cost.CostTerm;
import dev.lowpass.passes.cost.PricedModel;
import dev.lowpass.passes.machine.Machines;
import java.util.EnumMap;
import java.util.Map;

/** A machine on which products take time and nothing else does, so that small layers are worth low-passing. */
public final class ProductPrices {
  public static final PricedModel MODEL = new PricedModel(Machines.AVX512, "made up", prices());

  private ProductPrices() {}

  private static Map<CostTerm, Double> prices() {
    Map<CostTerm, Double> prices = new EnumMap<>(CostTerm.class);
    for (CostTerm term : CostTerm.values()) {
      prices.put(term, 0.0);
    }
    prices.put(CostTerm.PRODUCT, 1.0);
    prices.put(CostTerm.SKIPPING_PRODUCT, 1.0);
    prices.put(CostTerm.HALVED_PRODUCT, 1.0);
    return prices;
  }
}
