package dev.lowpass.ir.op;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * How one axis is resampled: every output is a weighted sum of neighbouring inputs. All that resamples, in whatever
 * way, has its weights from here.
 *
 * @param inputs samples along the axis before
 * @param sums one for each sample along the axis after
 */
public record Taps(int inputs, List<Sum> sums) {
  /**
   * One output, Σ weights[k] · x[first + k]. All inputs that it names are there.
   *
   * @param weights at least one
   */
  public record Sum(int first, List<Double> weights) {
    public Sum {
      weights = List.copyOf(weights);
    }

    /** The index after the last input that it reads. */
    public int end() {
      return first + weights.size();
    }
  }

  public Taps {
    sums = List.copyOf(sums);
    for (Sum sum : sums) {
      if (sum.first < 0 || sum.weights.isEmpty() || sum.end() > inputs) {
        throw new IllegalArgumentException(
            "a sum of inputs %d to %d, where there are %d".formatted(sum.first, sum.end() - 1, inputs));
      }
    }
  }

  /** Samples along the axis after. */
  public int outputs() {
    return sums.size();
  }

  /** The most inputs that one output is a sum of. */
  public int longest() {
    return sums.stream().mapToInt(sum -> sum.weights.size()).max().orElse(0);
  }

  /** The same sums of a longer axis, whose samples from {@code from} on are those of this one. */
  public Taps within(int longer, int from) {
    return new Taps(longer, sums.stream().map(sum -> new Sum(sum.first + from, sum.weights)).toList());
  }

  /** The same sums, each of {@link #longest} inputs: some with a weight of zero. */
  public Taps even() {
    int count = longest();
    List<Sum> even = new ArrayList<>();
    for (Sum sum : sums) {
      int first = Math.min(sum.first, inputs - count);
      List<Double> weights = new ArrayList<>(Collections.nCopies(count, 0.0));
      for (int k = 0; k < sum.weights.size(); k++) {
        weights.set(sum.first - first + k, sum.weights.get(k));
      }
      even.add(new Sum(first, weights));
    }
    return new Taps(inputs, even);
  }

  /** The weights as a matrix [outputs][inputs]. */
  public double[][] matrix() {
    double[][] matrix = new double[outputs()][inputs];
    for (int i = 0; i < matrix.length; i++) {
      Sum sum = sums.get(i);
      for (int k = 0; k < sum.weights.size(); k++) {
        matrix[i][sum.first + k] = sum.weights.get(k);
      }
    }
    return matrix;
  }
}
