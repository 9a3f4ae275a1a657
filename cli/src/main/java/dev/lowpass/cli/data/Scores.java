package dev.lowpass.cli.data;

import java.util.List;
import java.util.stream.IntStream;

/** What a classifier says: one score a class. */
public record Scores(float[] values) {
  /** The {@code count} classes with the highest scores, the highest first; of equal ones the lower index. */
  public List<Integer> top(int count) {
    return IntStream.range(0, values.length)
        .boxed()
        .sorted((a, b) -> Float.compare(values[b], values[a]))
        .limit(count)
        .toList();
  }

  /** The class with the highest score. */
  public int best() {
    int best = 0;
    for (int i = 1; i < values.length; i++) {
      best = values[i] > values[best] ? i : best;
    }
    return best;
  }
}
