package dev.lowpass.passes.cost;

import dev.lowpass.ir.BandLimit;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.graph.Node;
import dev.lowpass.passes.machine.Machine;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * Times of one thread of a CPU: a sum over {@link CostTerm}s, each at a constant price. The prices were fitted to every
 * step of several networks in several forms, run in sequence with cold weights; {@code docs/performance.md} says how
 * to fit them again.
 *
 * @param machine whose work is priced
 * @param source where the prices come from, for people
 * @param nanoseconds the price of one of each term, finite and not negative
 */
public record PricedModel(Machine machine, String source, Map<CostTerm, Double> nanoseconds) implements CostModel {
  public PricedModel {
    nanoseconds = Collections.unmodifiableMap(new EnumMap<>(nanoseconds));
    if (nanoseconds.size() != CostTerm.values().length) {
      throw new IllegalArgumentException("a price for each term is needed, there are " + nanoseconds.keySet());
    }
    if (nanoseconds.values().stream().anyMatch(price -> !(price >= 0) || price.isInfinite())) {
      throw new IllegalArgumentException("prices are finite and not negative, these are " + nanoseconds);
    }
  }

  /** Microseconds of {@code work}. */
  public double price(Work work) {
    double nanos = 0;
    for (Map.Entry<CostTerm, Double> entry : work.amounts().entrySet()) {
      nanos += entry.getValue() * nanoseconds.get(entry.getKey());
    }
    return nanos / 1e3;
  }

  @Override
  public double dense(ProductSize product) {
    return price(work().dense(product));
  }

  @Override
  public double banded(ProductSize product, BandLimit limit) {
    return price(work().banded(product, limit));
  }

  @Override
  public double forward(Shape map, BandLimit kept) {
    return price(work().forward(map, kept));
  }

  @Override
  public double inverse(Shape map, BandLimit known) {
    return price(work().inverse(map, known));
  }

  @Override
  public double of(Node node) {
    return price(work().of(node));
  }

  private WorkCounter work() {
    return new WorkCounter(machine);
  }
}
