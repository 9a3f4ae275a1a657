package dev.lowpass.codegen.plan.step;

import dev.lowpass.codegen.plan.value.Slot;
import dev.lowpass.ir.op.Opaque;
import java.util.List;

/** An operator that is computed as it stands, element by element. Inputs and output are row-major. */
public record GeneralStep(String name, List<Slot> inputs, Slot output, Opaque op) implements Step {
  public GeneralStep {
    inputs = List.copyOf(inputs);
  }

  @Override
  public List<Slot> reads() {
    return inputs;
  }

  @Override
  public String kind() {
    return op.mnemonic();
  }
}
