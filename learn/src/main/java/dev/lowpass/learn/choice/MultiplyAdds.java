package dev.lowpass.learn.choice;

import dev.lowpass.ir.BandLimit;
import dev.lowpass.ir.bands.BandsFile;
import dev.lowpass.learn.sensitivity.BandLayer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * Multiply-adds of the layers for which bands are sought: the measure of the paper, which knows no machine.
 *
 * @param layers all of them
 */
public record MultiplyAdds(List<BandLayer> layers) implements Expense {
  public MultiplyAdds {
    layers = List.copyOf(layers);
  }

  @Override
  public double whole() {
    return layers.stream().mapToDouble(MultiplyAdds::whole).sum();
  }

  private static double whole(BandLayer layer) {
    return (double) layer.costOfCoefficient() * layer.coefficients() * layer.channels();
  }

  @Override
  public double of(BandsFile bands) {
    return layers.stream()
        .mapToDouble(layer -> whole(layer) * bands.of(layer.name()).map(BandLimit::retained).orElse(1.0))
        .sum();
  }

  @Override
  public double slope(BandLayer layer) {
    return layer.costOfCoefficient();
  }

  /** All: whatever a layer drops is saved. */
  @Override
  public Set<String> best(BandsFile bands, ToDoubleFunction<Set<String>> cost) {
    Set<String> all = new LinkedHashSet<>();
    layers.stream()
        .filter(layer -> bands.of(layer.name()).isPresent())
        .forEach(layer -> all.add(layer.node().name()));
    return all;
  }

  /** Every coefficient costs. */
  @Override
  public BandsFile filled(BandsFile bands) {
    return bands;
  }
}
