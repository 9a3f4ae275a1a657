package dev.lowpass.runtime.picture;

/**
 * One axis of a picture at another size, by a filter that is widened where the picture shrinks, so that every sample
 * counts.
 *
 * @param first for each sample of the result, the first one that it reads
 * @param weights of that one and those behind it; they add up to 1
 */
record Antialiased(int[] first, double[][] weights) {
  /** The samples {@code from} and behind, {@code count} of them, of an axis of {@code outputs}. */
  private static Antialiased of(ResamplingKernel kernel, int inputs, long outputs, long from, int count) {
    int[] first = new int[count];
    double[][] weights = new double[count][];
    for (int i = 0; i < count; i++) {
      first[i] = kernel.first(inputs, outputs, from + i);
      weights[i] = kernel.weights(inputs, outputs, from + i);
    }
    return new Antialiased(first, weights);
  }

  /**
   * Rows first, then columns, rounded to whole samples after each, as Pillow does. A row of the picture is read once
   * and added to all rows of the result that it counts in, so that a tall picture takes no memory in between.
   */
  static Picture resampled(Picture picture, Window window, ResamplingKernel kernel) {
    Antialiased across = of(kernel, picture.width(), window.wholeWidth(), window.left(), window.width());
    Antialiased down = of(kernel, picture.height(), window.wholeHeight(), window.top(), window.height());
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
    return (int) Math.max(0, Math.min(255, Math.round(sample)));
  }
}
