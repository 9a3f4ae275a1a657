package dev.lowpass.learn.choice;

import dev.lowpass.ir.bands.BandsFile;
import dev.lowpass.learn.sensitivity.BandLayer;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** What is to be saved: predicted time, or multiply-adds. */
public interface Expense {
  /** Of the network without bands. */
  double whole();

  /** Of the network with {@code bands}. */
  double of(BandsFile bands);

  /** Of one more coefficient of one channel, on average. */
  double slope(BandLayer layer);

  /**
   * Of the layers that {@code bands} names those, by the names of their nodes, for which this expense and what {@code
   * cost} says of them are least together.
   */
  Set<String> best(BandsFile bands, ToDoubleFunction<Set<String>> cost);

  /** {@code bands} with all that can be kept besides at no further expense. */
  BandsFile filled(BandsFile bands);
}
