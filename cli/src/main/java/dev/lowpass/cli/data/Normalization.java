package dev.lowpass.cli.data;

/**
 * How samples 0 to 255 become a network's input: (x - mean) / scale. Most MobileNets want 127.5 for both.
 */
public record Normalization(float mean, float scale) {
  public Normalization {
    if (!(Math.abs(scale) > 0) || !Float.isFinite(scale) || !Float.isFinite(mean)) {
      throw new IllegalArgumentException("mean " + mean + " and scale " + scale + "; finite, scale not 0");
    }
  }

  public float apply(int sample) {
    return (sample - mean) / scale;
  }
}
