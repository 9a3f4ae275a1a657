package dev.lowpass.codegen.plan.step;

import dev.lowpass.codegen.plan.value.Slot;
import dev.lowpass.ir.op.Rearrangement;
import java.util.List;
import java.util.Optional;

/**
 * Moves elements: {@code op} says where to, or is absent where only the layout changes.
 * Layouts of operands and output are free.
 */
public record MoveStep(String name, List<Slot> inputs, Slot output, Optional<Rearrangement> op) implements Step {
  @Override
  public List<Slot> reads() {
    return inputs;
  }

  @Override
  public String kind() {
    return op.map(Rearrangement::mnemonic).orElse("layout");
  }
}
