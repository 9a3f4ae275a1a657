package dev.lowpass.learn.train;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * How pictures are changed before the network sees them, so that few look like many.
 *
 * @param shift samples by which a picture moves at most, in each direction; its edge repeats
 * @param flip whether half of the pictures are seen in a mirror
 * @param mix the part of pictures that are mixed with another one; only where no labels are learnt
 */
public record Augmentation(int shift, boolean flip, double mix) {
  /** Pictures as they are. */
  public static final Augmentation NONE = new Augmentation(0, false, 0);

  public Augmentation {
    if (shift < 0 || !(mix >= 0 && mix <= 1)) {
      throw new IllegalArgumentException("shift " + shift + " is 0 or more, mix " + mix + " a part of 1");
    }
  }

  /** Writes a changed copy of a picture [channels, rows, columns], {@code source}, to {@code target}. */
  void move(float[] source, float[] target, int offset, int rows, int columns, RandomGenerator random) {
    int down = shift == 0 ? 0 : random.nextInt(-shift, shift + 1);
    int right = shift == 0 ? 0 : random.nextInt(-shift, shift + 1);
    boolean mirrored = flip && random.nextBoolean();
    int channels = source.length / (rows * columns);
    for (int row = 0; row < channels * rows; row++) {
      int from = row / rows * rows + Math.clamp(row % rows + down, 0, rows - 1);
      for (int x = 0; x < columns; x++) {
        int moved = Math.clamp(x + right, 0, columns - 1);
        target[offset + row * columns + x] = source[from * columns + (mirrored ? columns - 1 - moved : moved)];
      }
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
