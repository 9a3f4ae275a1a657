package dev.lowpass.codegen.plan.step;

import dev.lowpass.codegen.plan.value.Slot;
import dev.lowpass.ir.op.Elementwise;
import java.util.List;

/** Functions of one element, one after the other. Input and output have one layout. */
public record MapStep(String name, Slot input, Slot output, List<Elementwise> functions) implements Step {
  @Override
  public List<Slot> reads() {
    return List.of(input);
  }

  @Override
  public String kind() {
    return "elementwise";
  }
}
