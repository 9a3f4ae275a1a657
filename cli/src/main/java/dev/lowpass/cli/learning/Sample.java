package dev.lowpass.cli.learning;

import dev.lowpass.runtime.Tensor;
import dev.lowpass.runtime.TensorSpec;
import java.io.IOException;

/** Something of the kind that a model will see, on which it is timed. */
@FunctionalInterface
public interface Sample {
  /** As the input {@code spec} takes it. */
  Tensor tensor(TensorSpec spec) throws IOException;
}
