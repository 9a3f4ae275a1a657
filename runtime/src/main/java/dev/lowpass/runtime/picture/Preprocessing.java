package dev.lowpass.runtime.picture;

import dev.lowpass.runtime.LowpassRuntimeException;

/** All that happens to a decoded picture before a network sees it. */
public record Preprocessing(Framing framing, Filter filter, Normalization normalization) {
  /** Stretched bilinearly, -1 to 1, red first. */
  public static Preprocessing defaults() {
    return new Preprocessing(new Framing.Stretch(), Filter.BILINEAR, new Normalization(127.5f, 127.5f));
  }

  /**
   * The picture at a network's size, its samples still whole.
   *
   * @throws LowpassRuntimeException as {@link Framing#place}
   */
  public Picture framed(Picture picture, int height, int width) {
    Framing.Placement placement = framing.place(picture, height, width);
    Picture part = filter.resample(picture, placement.window());
    return part.width() == width && part.height() == height ? part : padded(part, placement, height, width);
  }

  private Picture padded(Picture part, Framing.Placement placement, int height, int width) {
    int[] samples = new int[3 * height * width];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = normalization.zero(i % 3);
    }
    int length = 3 * part.width();
    for (int y = 0; y < part.height(); y++) {
      int to = 3 * ((y + placement.top()) * width + placement.left());
      System.arraycopy(part.samples(), y * length, samples, to, length);
    }
    return new Picture(width, height, samples);
  }

  /** The network's input [3, height, width] for a picture; errors are those of {@link #framed}. */
  public float[] input(Picture picture, int height, int width) {
    return normalization.apply(framed(picture, height, width).planes());
  }
}
