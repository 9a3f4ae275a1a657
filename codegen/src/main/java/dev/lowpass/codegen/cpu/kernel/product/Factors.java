package dev.lowpass.codegen.cpu.kernel.product;

import static dev.lowpass.codegen.plan.value.Layout.LANES;

import dev.lowpass.codegen.plan.value.Weights;
import dev.lowpass.ir.Precision;
import dev.lowpass.passes.machine.HalvingRule;
import dev.lowpass.passes.machine.Machine;

/**
 * What a product multiplies by and adds, be it a step of its own, an expansion or a projection.
 *
 * @param weight [outputs][channels]
 * @param bias [outputs], or empty
 * @param precision in which input and weights are multiplied
 */
public record Factors(int channels, int outputs, Weights weight, Weights bias, Precision precision) {
  /** Weights up to which all are near enough without fetching them ahead. */
  private static final int MOST_NEAR = 8 << 10;

  public boolean areRounded() {
    return precision == Precision.BFLOAT16;
  }

  /** A kernel for what {@code dense} computes, in the precision of these. */
  public PanelKernel kernel(ProductKernel dense, Machine machine) {
    return areRounded() ? RoundedKernel.of(machine, dense) : dense;
  }

  /** Whether so many weights do not stay near from one inference to the next. */
  public boolean areFar() {
    return weight.count() > MOST_NEAR;
  }

  /**
   * Whether a kernel may leave out the channels that are zero: it looks at 16 together, and zero times a weight must be
   * zero.
   */
  public boolean allowSkipping(Machine machine) {
    return !areRounded() && machine.skipping().possible() && channels % LANES == 0 && weight.areFinite();
  }

  /** Whether channels and outputs halve, the outputs into whole panels of {@code vectors} vectors. */
  public boolean halve(int vectors) {
    return !areRounded() && HalvingRule.fits(channels, outputs, vectors);
  }
}
