package dev.lowpass.learn.network;

import ai.djl.ndarray.NDArray;
import dev.lowpass.ir.graph.Node;

/** What a pointwise layer gets to read in place of its input: whoever masks or watches layers does it here. */
@FunctionalInterface
public interface LayerInput {
  /** Everything as it is. */
  LayerInput WHOLE = (_, input) -> input;

  /**
   * What {@code layer} reads.
   *
   * @param input [N, C, H, W]
   * @return of the same shape
   */
  NDArray of(Node layer, NDArray input);
}
