package dev.lowpass.codegen.plan.step;

import dev.lowpass.codegen.plan.value.Slot;
import dev.lowpass.ir.op.Binary;
import java.util.List;
import java.util.Locale;

/** A function of coefficients and of others, or of one value a channel, as {@link Binary} says. */
public record CombineStep(String name, Slot left, Slot right, Slot output, Binary.Kind function) implements Step {
  @Override
  public List<Slot> reads() {
    return List.of(left, right);
  }

  @Override
  public String kind() {
    return function.name().toLowerCase(Locale.ROOT);
  }
}
