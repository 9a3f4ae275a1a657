package dev.lowpass.learn;

import dev.lowpass.ir.Tensor;
import java.util.SequencedMap;

/** How much worse outputs became by what layers no longer read. Stateless: inputs are judged side by side. */
@FunctionalInterface
public interface OutputLoss {
  /**
   * The loss on one input, at least 0, and 0 for what equals the expected; sums of it are compared, so it is additive.
   *
   * @param expected outputs of the network that reads everything, by name, in the graph's order
   * @param found the same outputs of the limited network
   */
  double of(SequencedMap<String, Tensor> expected, SequencedMap<String, Tensor> found);
}
