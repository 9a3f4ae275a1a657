package dev.lowpass.cli.learning;

import dev.lowpass.learn.data.Examples;
import java.util.OptionalInt;

/** {@code size} of {@code all}, spread over them. */
record SomeExamples(Examples all, int size) implements Examples {
  private int place(int index) {
    return (int) ((long) index * all.size() / size);
  }

  @Override
  public void read(int index, float[] target, int offset) {
    all.read(place(index), target, offset);
  }

  @Override
  public OptionalInt label(int index) {
    return all.label(place(index));
  }
}
