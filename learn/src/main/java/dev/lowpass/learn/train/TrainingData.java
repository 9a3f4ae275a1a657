package dev.lowpass.learn.train;

import dev.lowpass.learn.data.Examples;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Batches of changed pictures, which follow from a seed and the step: a training that is resumed sees the same. */
public record TrainingData(
    Examples examples, Augmentation augmentation, int channels, int rows, int columns, long seed) {
  /**
   * One batch.
   *
   * @param pictures one behind the other
   * @param labels the class of each, -1 where there is none
   */
  public record Batch(float[] pictures, int[] labels) {
    public int size() {
      return labels.length;
    }
  }

  /** The batch of {@code step}. Every picture comes once before one comes twice. */
  public Batch batch(int step, int size) {
    SplittableRandom random = new SplittableRandom(seed * 1_000_003 + step);
    int plane = channels * rows * columns;
    float[] pictures = new float[size * plane];
    float[] picture = new float[plane];
    int[] labels = new int[size];
    int[] indices = indices((long) step * size, size);
    for (int i = 0; i < size; i++) {
      examples.read(indices[i], picture, 0);
      augmentation.move(picture, pictures, i * plane, rows, columns, random);
      labels[i] = examples.label(indices[i]).orElse(-1);
    }
    augmentation.mix(pictures, size, random);
    return new Batch(pictures, labels);
  }

  /** The pictures that come at {@code size} places from {@code first} on: all once, in another order each time. */
  private int[] indices(long first, int size) {
    int count = examples.size();
    int[] indices = new int[size];
    int[] order = new int[0];
    long shuffled = -1;
    for (int i = 0; i < size; i++) {
      long round = (first + i) / count;
      if (round != shuffled) {
        order = order(round);
        shuffled = round;
      }
      indices[i] = order[(int) ((first + i) % count)];
    }
    return indices;
  }

  private int[] order(long round) {
    SplittableRandom random = new SplittableRandom(seed + round);
    int[] order = IntStream.range(0, examples.size()).toArray();
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int other = order[j];
      order[j] = order[i];
      order[i] = other;
    }
    return order;
  }
}
