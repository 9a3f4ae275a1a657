package dev.lowpass.codegen.plan.step;

import dev.lowpass.codegen.plan.value.Slot;
import java.util.List;

/** Softmax over one axis. Input and output are row-major. */
public record NormalizeStep(String name, Slot input, Slot output, int axis) implements Step {
  @Override
  public List<Slot> reads() {
    return List.of(input);
  }

  @Override
  public String kind() {
    return "softmax";
  }
}
