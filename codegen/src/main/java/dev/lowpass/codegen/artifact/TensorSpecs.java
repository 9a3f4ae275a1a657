package dev.lowpass.codegen.artifact;

import dev.lowpass.codegen.plan.value.Slot;
import dev.lowpass.runtime.ElementType;
import dev.lowpass.runtime.TensorSpec;
import java.util.List;

/** A plan's inputs and outputs as a manifest names them. */
public final class TensorSpecs {
  private TensorSpecs() {}

  public static List<TensorSpec> of(List<Slot> slots) {
    return slots.stream()
        .map(
            slot ->
                new TensorSpec(
                    slot.name(),
                    ElementType.valueOf(slot.element().name()),
                    slot.shape().dims().stream().map(Integer::longValue).toList()))
        .toList();
  }
}
