package dev.lowpass.testsuite.fuzz.campaign;

import java.util.Random;

/** Numbers at which programs go wrong. */
final class Numbers {
  private static final long[] ODD = {
    0, 1, -1, 2, 3, 5, 7, 16, 17, 127, 128, 255, 256, 4095, 32_513, 65_535, 65_536, 1 << 20, (1 << 24) + 1, 1 << 28,
    1 << 29, 2_000_000_000, Integer.MAX_VALUE, 1L << 31, Integer.MIN_VALUE, 1L << 32, 1L << 40, Long.MAX_VALUE,
    Long.MIN_VALUE
  };

  private static final float[] ODD_FLOATS = {
    0, -0f, 1, -1, 0.5f, 1e-45f, 1e-20f, 1e9f, 5e9f, 1e38f, Float.MAX_VALUE, Float.POSITIVE_INFINITY,
    Float.NEGATIVE_INFINITY, Float.NaN
  };

  private Numbers() {}

  /** Something near {@code value}, or something odd. */
  static long near(long value, Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> value + random.nextInt(-2, 3);
      case 1 -> value ^ 1L << random.nextInt(8);
      case 2 -> value * random.nextInt(-2, 5);
      default -> ODD[random.nextInt(ODD.length)];
    };
  }

  static float odd(Random random) {
    return ODD_FLOATS[random.nextInt(ODD_FLOATS.length)];
  }
}
