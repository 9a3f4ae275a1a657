package dev.lowpass.codegen;

import dev.lowpass.codegen.emit.Parameters;
import dev.lowpass.ir.LowpassException;
import dev.lowpass.runtime.TensorSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What the sizes of one artifact have in common while they are compiled one after the other: the parameters, and that no
 * two of them take the same inputs, by which a session chooses.
 */
final class JointArtifact {
  private final Parameters parameters = new Parameters();
  private final List<List<TensorSpec>> taken = new ArrayList<>();

  /** Where each size finds what those before it packed as it would, and adds the rest. */
  Parameters parameters() {
    return parameters;
  }

  /**
   * Reserves inputs for the next size.
   *
   * @param model for messages
   * @throws LowpassException LP4028 where an earlier size takes the same
   */
  void take(String model, List<TensorSpec> inputs) {
    int earlier = taken.indexOf(inputs);
    if (earlier >= 0) {
      throw new LowpassException(
          "LP4028",
          model,
          "sizes %d and %d both take %s; leave one out"
              .formatted(
                  earlier + 1,
                  taken.size() + 1,
                  inputs.stream().map(TensorSpec::toString).collect(Collectors.joining(", "))));
    }
    taken.add(inputs);
  }
}
