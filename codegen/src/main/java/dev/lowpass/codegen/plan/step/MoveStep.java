package dev.lowpass.codegen.plan.step;

import dev.lowpass.codegen.plan.value.Slot;
import dev.lowpass.ir.op.Op;
import java.util.List;
import java.util.Optional;

/**
 * Moves elements: {@code op} is a reshape, transpose, slice, pad or concat, or absent where only the layout changes.
 * Layouts of operands and output are free.
 */
public record MoveStep(String name, List<Slot> inputs, Slot output, Optional<Op> op) implements Step {
  @Override
  public List<Slot> reads() {
    return inputs;
  }

  @Override
  public String kind() {
    return op.map(Op::mnemonic).orElse("layout");
  }
}
