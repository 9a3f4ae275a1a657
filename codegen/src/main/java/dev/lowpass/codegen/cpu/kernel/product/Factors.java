package dev.lowpass.codegen.cpu.kernel.product;

import static dev.lowpass.codegen.plan.value.Layout.LANES;

import dev.lowpass.codegen.plan.value.Weights;
import dev.lowpass.passes.machine.HalvingRule;
import dev.lowpass.passes.machine.Machine;

/**
 * What a product multiplies by and adds, be it a step of its own, an expansion or a projection.
 *
 * @param weight [outputs][channels]
 * @param bias [outputs], or empty
 */
public record Factors(int channels, int outputs, Weights weight, Weights bias) {
  /** Weights up to which all are near enough without fetching them ahead. */
  private static final int MOST_NEAR = 8 << 10;

  /** Whether so many weights do not stay near from one inference to the next. */
  public boolean areFar() {
    return weight.count() > MOST_NEAR;
  }

  /**
   * Whether a kernel may leave out the channels that are zero: it looks at 16 together, and zero times a weight must be
   * zero.
   */
  public boolean allowSkipping(Machine machine) {
    return machine.skipping().possible() && channels % LANES == 0 && weight.areFinite();
  }

  /** Whether channels and outputs halve, the outputs into whole panels of {@code vectors} vectors. */
  public boolean halve(int vectors) {
    return HalvingRule.fits(channels, outputs, vectors);
  }
}
