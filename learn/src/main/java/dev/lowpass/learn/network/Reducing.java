package dev.lowpass.learn.network;

import ai.djl.ndarray.NDArray;
import dev.lowpass.ir.op.Reduce;

/** One number for all elements along some axes, which stay as ones. */
final class Reducing {
  private Reducing() {}

  static NDArray reduce(Reduce reduce, NDArray input) {
    NDArray result = input;
    // The engine takes one axis at a time for some of these.
    for (int axis : reduce.axes()) {
      int[] one = {axis};
      result =
          switch (reduce.kind()) {
            case SUM -> result.sum(one, true);
            case MEAN -> result.mean(one, true);
            case PRODUCT -> result.prod(one, true);
            case MAX -> result.max(one, true);
            case MIN -> result.min(one, true);
          };
    }
    return result;
  }
}
