package dev.lowpass.learn.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

/** New values for arrays that stay the same arrays. */
public final class Contents {
  private Contents() {}

  /**
   * Replaces what {@code array} holds. DJL's own way makes PyTorch warn users of what its binding does. A new array may
   * be a view of memory of the JVM that goes with it; a copy of it is not.
   */
  public static void replace(NDArray array, float[] values) {
    try (NDManager scratch = array.getManager().newSubManager()) {
      array.intern(scratch.create(values, array.getShape()).duplicate());
    }
  }
}
