package dev.lowpass.cli.learning;

import dev.lowpass.cli.data.PictureCache;
import dev.lowpass.learn.data.Examples;
import java.util.OptionalInt;

/**
 * Pictures in memory as something to learn from.
 *
 * @param firstClass the output that stands for class 0
 */
record CachedExamples(PictureCache cache, int firstClass) implements Examples {
  @Override
  public int size() {
    return cache.size();
  }

  @Override
  public void read(int index, float[] target, int offset) {
    float[] input = cache.input(index);
    System.arraycopy(input, 0, target, offset, input.length);
  }

  @Override
  public OptionalInt label(int index) {
    OptionalInt label = cache.set().entries().get(index).label();
    return label.isPresent() ? OptionalInt.of(label.getAsInt() + firstClass) : label;
  }
}
