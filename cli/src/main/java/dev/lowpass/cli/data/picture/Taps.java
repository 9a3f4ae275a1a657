package dev.lowpass.cli.data.picture;

import java.util.function.DoubleUnaryOperator;

/**
 * The weights along one axis of a filter that is widened where the picture shrinks, so that every sample counts.
 *
 * @param first for each sample of the result, the first one that it reads
 * @param weights of that one and those behind it; they add up to 1
 */
record Taps(int[] first, double[][] weights) {
  /**
   * The weights for samples {@code from} to {@code from + count} of {@code resized}, made of {@code extent}.
   *
   * @param radius beyond which {@code filter} is 0
   */
  static Taps of(int extent, long resized, long from, int count, double radius, DoubleUnaryOperator filter) {
    double scale = (double) extent / resized;
    double stretch = Math.max(1, scale);
    int[] first = new int[count];
    double[][] weights = new double[count][];
    for (int i = 0; i < count; i++) {
      double centre = (from + i + 0.5) * scale;
      first[i] = (int) Math.max(0, centre - radius * stretch + 0.5);
      int end = (int) Math.min(extent, centre + radius * stretch + 0.5);
      weights[i] = new double[end - first[i]];
      double sum = 0;
      for (int tap = 0; tap < weights[i].length; tap++) {
        weights[i][tap] = filter.applyAsDouble((first[i] + tap + 0.5 - centre) / stretch);
        sum += weights[i][tap];
      }
      for (int tap = 0; tap < weights[i].length; tap++) {
        weights[i][tap] /= sum;
      }
    }
    return new Taps(first, weights);
  }

  /**
   * Rows first, then columns, rounded to whole samples after each, as Pillow does. A row of the picture is read once
   * and added to all rows of the result that it counts in, so that a tall picture takes no memory in between.
   */
  static Picture resampled(Picture picture, Window window, double radius, DoubleUnaryOperator filter) {
    Taps across = of(picture.width(), window.wholeWidth(), window.left(), window.width(), radius, filter);
    Taps down = of(picture.height(), window.wholeHeight(), window.top(), window.height(), radius, filter);
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
