package dev.lowpass.codegen.plan.step;

import dev.lowpass.codegen.plan.value.Slot;
import java.util.List;

/** A matrix product of two computed matrices, leading axes broadcast. Row-major. */
public record MultiplyStep(String name, Slot left, Slot right, Slot output) implements Step {
  @Override
  public List<Slot> reads() {
    return List.of(left, right);
  }

  @Override
  public String kind() {
    return "matrix product";
  }

  @Override
  public long multiplyAdds() {
    return output.shape().elements() * left.shape().dim(-1);
  }
}
