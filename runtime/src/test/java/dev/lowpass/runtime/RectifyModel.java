package dev.lowpass.runtime;

import org.junit.jupiter.api.Assumptions;

/**
 * A compiled model for tests, as there is no compiler here: {@code y = relu x} of {@code f32[1, 3, 8, 8]}, which {@code
 * lowpass compile --target cpu:x86-64-v3} made of {@code graph @rectify(%x: f32[1, 3, 8, 8]) -> (%y) { %y = relu %x }}.
 * Where the format changes, it has to be made again.
 */
public final class RectifyModel {
  static final String RESOURCE = "rectify.lowpass";
  static final long[] SHAPE = {1, 3, 8, 8};
  static final int ELEMENTS = 192;

  private RectifyModel() {}

  /** The model, where this machine's processor can run it. */
  public static Model load() {
    try {
      return Model.loadResource(RectifyModel.class, RESOURCE);
    } catch (LowpassRuntimeException e) {
      Assumptions.assumeTrue(e.code() != 5004, () -> "a processor with AVX2: " + e.getMessage());
      throw e;
    }
  }

  /** From -96 up. */
  static float[] ramp() {
    float[] values = new float[ELEMENTS];
    for (int i = 0; i < ELEMENTS; i++) {
      values[i] = i - ELEMENTS / 2;
    }
    return values;
  }

  /** What the model makes of {@link #ramp}. */
  static float[] rectified() {
    float[] values = ramp();
    for (int i = 0; i < ELEMENTS; i++) {
      values[i] = Math.max(0, values[i]);
    }
    return values;
  }
}
