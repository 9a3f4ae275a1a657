package dev.lowpass.codegen.plan.step;

import dev.lowpass.codegen.plan.value.Slot;
import dev.lowpass.ir.op.Pool;
import java.util.List;

/**
 * A maximum or average over windows, or the mean over the whole map where {@code op} is a global average. Images in
 * slabs.
 */
public record PoolStep(String name, Slot input, Slot output, Pool op) implements Step {
  @Override
  public List<Slot> reads() {
    return List.of(input);
  }

  @Override
  public String kind() {
    return op.mnemonic();
  }
}
