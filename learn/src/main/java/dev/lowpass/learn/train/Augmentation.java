package dev.lowpass.learn.train;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * How pictures are changed before the network sees them, so that few look like many.
 *
 * @param shift samples by which a picture moves at most, in each direction; its edge repeats
 * @param flip whether half of the pictures are seen in a mirror
 * @param zoom by how much pictures are enlarged at most, 0.3 for up to 1.3 times as large: things come in more sizes, and
 *     pictures in less sharp ones
 * @param mix the part of pictures that are mixed with another one; only where no labels are learnt
 */
public record Augmentation(int shift, boolean flip, double zoom, double mix) {
  /** Pictures as they are. */
  public static final Augmentation NONE = new Augmentation(0, false, 0, 0);

  public Augmentation {
    if (shift < 0 || !(zoom >= 0 && zoom < Double.POSITIVE_INFINITY) || !(mix >= 0 && mix <= 1)) {
      throw new IllegalArgumentException(
          "shift %s is 0 or more, zoom %s too, mix %s a part of 1".formatted(shift, zoom, mix));
    }
  }

  /** Writes a changed copy of a picture [channels, rows, columns], {@code source}, to {@code target}. */
  void move(float[] source, float[] target, int offset, int rows, int columns, RandomGenerator random) {
    int down = shift == 0 ? 0 : random.nextInt(-shift, shift + 1);
    int right = shift == 0 ? 0 : random.nextInt(-shift, shift + 1);
    boolean mirrored = flip && random.nextBoolean();
    float step = zoom == 0 ? 1 : (float) (1 / (1 + zoom * random.nextDouble()));
    Places vertical = Places.of(rows, step, down, false);
    Places horizontal = Places.of(columns, step, right, mirrored);
    int channels = source.length / (rows * columns);
    for (int row = 0; row < channels * rows; row++) {
      int plane = row / rows * rows;
      int above = (plane + vertical.first()[row % rows]) * columns;
      int below = (plane + vertical.second()[row % rows]) * columns;
      float part = vertical.part()[row % rows];
      for (int x = 0; x < columns; x++) {
        float upper = horizontal.between(source, above, x);
        float sample = part == 0 ? upper : upper + part * (horizontal.between(source, below, x) - upper);
        target[offset + row * columns + x] = sample;
      }
    }
  }

  /**
   * Where the samples along one axis come from: between two of the source.
   *
   * @param part of the second one, 0 to 1
   */
  private record Places(int[] first, int[] second, float[] part) {
    /** Enlarged by {@code 1 / step} about the middle, and moved. */
    static Places of(int extent, float step, int moved, boolean mirrored) {
      int[] first = new int[extent];
      int[] second = new int[extent];
      float[] part = new float[extent];
      float middle = (extent - 1) / 2f;
      for (int i = 0; i < extent; i++) {
        float place = step == 1 ? i : middle + (i - middle) * step;
        place = Math.clamp(place + moved, 0, extent - 1);
        place = mirrored ? extent - 1 - place : place;
        first[i] = (int) place;
        second[i] = Math.min(first[i] + 1, extent - 1);
        part[i] = place - first[i];
      }
      return new Places(first, second, part);
    }

    float between(float[] source, int row, int i) {
      float left = source[row + first[i]];
      return part[i] == 0 ? left : left + part[i] * (source[row + second[i]] - left);
    }
  }

  /** Mixes each of some of {@code count} pictures with the one behind it, by random parts. */
  void mix(float[] pictures, int count, RandomGenerator random) {
    int size = pictures.length / count;
    float[] first = Arrays.copyOf(pictures, size);
    for (int i = 0; i < count; i++) {
      if (random.nextDouble() < mix) {
        float part = random.nextFloat();
        for (int k = 0; k < size; k++) {
          float other = i + 1 < count ? pictures[(i + 1) * size + k] : first[k];
          pictures[i * size + k] = part * pictures[i * size + k] + (1 - part) * other;
        }
      }
    }
  }
}
