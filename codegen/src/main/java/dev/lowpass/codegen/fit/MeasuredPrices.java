package dev.lowpass.codegen.fit;

import dev.lowpass.codegen.backend.Backend;
import dev.lowpass.codegen.tune.Circumstances;
import dev.lowpass.ir.LowpassException;
import dev.lowpass.passes.cost.CostTerm;
import dev.lowpass.passes.cost.PricedModel;
import java.time.LocalDate;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * Prices that were found by measuring.
 *
 * @param circumstances where, and with which version of the kernels
 * @param date when
 * @param nanoseconds the price of one of each term
 * @param errors how well they predict what they were fitted to
 */
public record MeasuredPrices(
    Circumstances circumstances, LocalDate date, Map<CostTerm, Double> nanoseconds, FitErrors errors) {
  public MeasuredPrices {
    nanoseconds = Collections.unmodifiableMap(new EnumMap<>(nanoseconds));
  }

  /**
   * The model of {@code backend}'s machine with these prices.
   *
   * @throws LowpassException LP4022 where they are of another target, whose code is not its code
   */
  public PricedModel model(Backend backend) {
    if (!circumstances.target().equals(backend.name())) {
      String problem = "these prices are of %s; measure with 'lowpass doctor --measure --target %s', or name the other";
      throw new LowpassException("LP4022", backend.name(), problem.formatted(circumstances.target(), backend.name()));
    }
    return new PricedModel(backend.machine(), source(), nanoseconds);
  }

  /** For people, for instance {@code measured on AMD EPYC (2026-11-30)}. */
  public String source() {
    return "measured on %s (%s)".formatted(circumstances.processor().replaceFirst(",.*", ""), date);
  }
}
