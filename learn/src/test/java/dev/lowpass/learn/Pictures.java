package dev.lowpass.learn;

import dev.lowpass.learn.data.Examples;
import java.util.OptionalInt;

/**
 * Examples in memory.
 *
 * @param labels -1 where there is none
 */
public record Pictures(float[][] pictures, int[] labels) implements Examples {
  /** Pictures of {@code elements} random samples, without labels. */
  public static Pictures drawn(int count, int elements, long seed) {
    float[][] pictures = new float[count][];
    int[] labels = new int[count];
    for (int i = 0; i < count; i++) {
      pictures[i] = Drawn.floats(elements, seed + i);
      labels[i] = -1;
    }
    return new Pictures(pictures, labels);
  }

  @Override
  public int size() {
    return pictures.length;
  }

  @Override
  public void read(int index, float[] target, int offset) {
    System.arraycopy(pictures[index], 0, target, offset, pictures[index].length);
  }

  @Override
  public OptionalInt label(int index) {
    return labels[index] < 0 ? OptionalInt.empty() : OptionalInt.of(labels[index]);
  }
}
