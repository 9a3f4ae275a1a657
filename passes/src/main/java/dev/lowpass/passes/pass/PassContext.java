package dev.lowpass.passes.pass;

import dev.lowpass.ir.bands.BandsFile;
import dev.lowpass.passes.cost.CostModel;
import dev.lowpass.passes.cost.Prices;
import dev.lowpass.passes.machine.Machine;
import java.util.Optional;

/**
 * What passes know beside the graph: one for a compilation.
 *
 * @param machine that the graph is to run on
 * @param prices by which forms are chosen; those of another machine where this one has none
 * @param bands thresholds of the layers, if there are any
 * @param report what passes have to tell goes there
 */
public record PassContext(Machine machine, CostModel prices, Optional<BandsFile> bands, Report report) {
  /** A context with the machine's usual prices, without bands and with a report of its own. */
  public static PassContext of(Machine machine) {
    return new PassContext(machine, Prices.of(machine), Optional.empty(), new Report());
  }

  /** The same with {@code thresholds}. */
  public PassContext with(BandsFile thresholds) {
    return new PassContext(machine, prices, Optional.of(thresholds), report);
  }

  /** What predicted times are of: {@code a device, priced as one AVX-512 core}. */
  public String predictedMachine() {
    String priced = prices.machine().name();
    return priced.equals(machine.name()) ? priced : machine.name() + ", priced as " + priced;
  }
}
