package dev.lowpass.runtime;

import java.util.List;
import java.util.stream.Collectors;

/**
 * One of the sizes that a model was compiled for: shapes of inputs, and the outputs that they lead to.
 *
 * @param inputs in the source model's order
 * @param outputs in the source model's order
 */
public record ModelSize(List<TensorSpec> inputs, List<TensorSpec> outputs) {
  public ModelSize {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  /** What tells it from other sizes, for example {@code input: f32[1, 3, 224, 224]}. */
  @Override
  public String toString() {
    return inputs.stream().map(TensorSpec::toString).collect(Collectors.joining(", "));
  }
}
