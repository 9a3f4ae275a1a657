package dev.lowpass.cli.data.picture;

import dev.lowpass.ir.op.ResizeFilter;
import dev.lowpass.ir.op.Taps;
import java.util.List;

/**
 * One axis of a picture at another size, by a filter that is widened where the picture shrinks, so that every sample
 * counts.
 *
 * @param first for each sample of the result, the first one that it reads
 * @param weights of that one and those behind it; they add up to 1
 */
record Antialiased(int[] first, double[][] weights) {
  private static Antialiased of(Taps taps) {
    List<Taps.Sum> sums = taps.sums();
    return new Antialiased(
        sums.stream().mapToInt(Taps.Sum::first).toArray(),
        sums.stream()
            .map(sum -> sum.weights().stream().mapToDouble(Double::doubleValue).toArray())
            .toArray(double[][]::new));
  }

  /**
   * Rows first, then columns, rounded to whole samples after each, as Pillow does. A row of the picture is read once
   * and added to all rows of the result that it counts in, so that a tall picture takes no memory in between.
   */
  static Picture resampled(Picture picture, Window window, ResizeFilter filter) {
    Antialiased across = of(filter.taps(picture.width(), window.wholeWidth(), window.left(), window.width()));
    Antialiased down = of(filter.taps(picture.height(), window.wholeHeight(), window.top(), window.height()));
    int length = 3 * window.width();
    double[] sums = new double[length * window.height()];
    int unfinished = 0;
    for (int y = down.first[0]; y < down.end(window.height() - 1); y++) {
      int[] row = across.row(picture, y);
      while (down.end(unfinished) <= y) {
        unfinished++;
      }
      for (int result = unfinished; result < window.height() && down.first[result] <= y; result++) {
        double weight = down.weights[result][y - down.first[result]];
        for (int i = 0; i < length; i++) {
          sums[result * length + i] += weight * row[i];
        }
      }
    }
    int[] samples = new int[sums.length];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = whole(sums[i]);
    }
    return new Picture(window.width(), window.height(), samples);
  }

  private int end(int result) {
    return first[result] + weights[result].length;
  }

  /** Row {@code y} of {@code picture} resampled, red, green and blue interleaved. */
  private int[] row(Picture picture, int y) {
    int[] row = new int[3 * first.length];
    for (int x = 0; x < first.length; x++) {
      for (int channel = 0; channel < 3; channel++) {
        double sum = 0;
        for (int tap = 0; tap < weights[x].length; tap++) {
          sum += weights[x][tap] * picture.sample(first[x] + tap, y, channel);
        }
        row[3 * x + channel] = whole(sum);
      }
    }
    return row;
  }

  private static int whole(double sample) {
    return (int) Math.clamp(Math.round(sample), 0, 255);
  }
}
