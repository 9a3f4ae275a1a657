package dev.lowpass.codegen.cpu.halved;

import dev.lowpass.codegen.cpu.choice.Machine;
import dev.lowpass.codegen.plan.value.Layout;

/**
 * Where a {@link StrassenProduct} is faster, as measured. It saves an eighth of the multiply-adds, and pays for it with
 * passes over its output, which weigh the less the more channels there are, with passes over its input, which weigh the
 * less the more outputs there are, and with weights 7/4 as large, which weigh the less the more rows there are.
 */
public final class StrassenRule {
  private static final int LEAST_ROWS = 32;

  private final int leastChannels;
  private final int leastOutputs;

  public StrassenRule(Machine machine) {
    // Half as wide vectors take twice as long to multiply, but not to move.
    boolean wide = machine.target().vectorLanes() >= Layout.LANES;
    this.leastChannels = wide ? 192 : 96;
    this.leastOutputs = wide ? 384 : 192;
  }

  /** @param input of a dense product */
  public boolean pays(Layout.Slabbed input, int outputs) {
    return input.rows() >= LEAST_ROWS && input.channels() >= leastChannels && outputs >= leastOutputs;
  }
}
