package dev.lowpass.codegen;

import dev.lowpass.ir.Tensor;
import dev.lowpass.runtime.TensorSpec;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Inputs that a model is likely to get, on which rounding is looked at besides seeded ones. */
public interface ExampleInputs {
  /** No examples. */
  ExampleInputs NONE = _ -> List.of();

  /**
   * Examples for a model at one size.
   *
   * @param inputs what the model takes
   * @return a tensor by name for each of {@code inputs}, as often as there are examples
   */
  List<Map<String, Tensor>> read(List<TensorSpec> inputs) throws IOException;
}
