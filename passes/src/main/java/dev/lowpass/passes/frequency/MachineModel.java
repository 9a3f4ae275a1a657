package dev.lowpass.passes.frequency;

import dev.lowpass.ir.BandLimit;
import dev.lowpass.ir.Node;
import dev.lowpass.ir.Shape;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * Times of one thread of a CPU: a sum over {@link CostTerm}s, each at a constant price. The prices were fitted to every
 * step of several networks in several forms, run in sequence with cold weights; {@code docs/performance.md} says how
 * well they predict and how to fit them again.
 *
 * @param nanoseconds the price of one of each term; none is negative
 */
public record MachineModel(String machine, Map<CostTerm, Double> nanoseconds) implements CostModel {
  public MachineModel {
    nanoseconds = Collections.unmodifiableMap(new EnumMap<>(nanoseconds));
  }

  /** Prices in the order of {@link CostTerm}. */
  public static MachineModel of(String machine, double... nanoseconds) {
    Map<CostTerm, Double> prices = new EnumMap<>(CostTerm.class);
    for (CostTerm term : CostTerm.values()) {
      prices.put(term, nanoseconds[term.ordinal()]);
    }
    return new MachineModel(machine, prices);
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
  public double dense(Product product) {
    return price(Work.dense(product));
  }

  @Override
  public double banded(Product product, BandLimit limit) {
    return price(Work.banded(product, limit));
  }

  @Override
  public double forward(Shape map, BandLimit kept) {
    return price(Work.forward(map, kept));
  }

  @Override
  public double inverse(Shape map, BandLimit known) {
    return price(Work.inverse(map, known));
  }

  @Override
  public double of(Node node) {
    return price(Work.of(node));
  }
}
