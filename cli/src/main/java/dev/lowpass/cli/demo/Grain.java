package dev.lowpass.cli.demo;

import dev.lowpass.runtime.picture.Picture;
import java.util.SplittableRandom;

/** What a cheap camera does to a picture: blur, uneven light, noise. */
final class Grain {
  private final SplittableRandom random;
  private final double blur;
  private final double noise;
  private final double shade;

  /** With strengths drawn from {@code random}. */
  Grain(SplittableRandom random) {
    this.random = random;
    this.blur = random.nextDouble(0, 1);
    this.noise = random.nextDouble(0, 30);
    this.shade = random.nextDouble(-0.4, 0.4);
  }

  Picture applied(Picture picture) {
    int[] samples = new int[picture.samples().length];
    for (int y = 0; y < picture.height(); y++) {
      for (int x = 0; x < picture.width(); x++) {
        double light = 1 + shade * (x / (double) picture.width() - 0.5);
        for (int channel = 0; channel < 3; channel++) {
          double value = light * blurred(picture, x, y, channel) + noise * random.nextGaussian();
          samples[3 * (y * picture.width() + x) + channel] = Math.clamp(Math.round(value), 0, 255);
        }
      }
    }
    return new Picture(picture.width(), picture.height(), samples);
  }

  /** Between the sample and the mean of its 3x3 neighbourhood. */
  private double blurred(Picture picture, int x, int y, int channel) {
    int left = Math.max(x - 1, 0);
    int right = Math.min(x + 1, picture.width() - 1);
    int sum = 0;
    for (int near = y - 1; near <= y + 1; near++) {
      int row = Math.clamp(near, 0, picture.height() - 1);
      sum += picture.sample(left, row, channel) + picture.sample(x, row, channel) + picture.sample(right, row, channel);
    }
    return (1 - blur) * picture.sample(x, y, channel) + blur * sum / 9;
  }
}
