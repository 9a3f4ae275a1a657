package dev.lowpass.learn;

import java.util.SplittableRandom;

/** Numbers from -1 to 1, the same for the same seed. */
public final class Drawn {
  private Drawn() {}

  public static float[] floats(int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextDouble(-1, 1);
    }
    return values;
  }
}
