package dev.lowpass.ir.op;

import dev.lowpass.ir.Block;
import dev.lowpass.ir.DctMatrix;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;

/**
 * By which weights {@link Resize} makes an axis longer or shorter.
 *
 * <p>Of the first two, output i lies at input (i + 1/2) · in/out - 1/2 (half-pixel centres), the kernel is stretched
 * by in/out where the axis becomes shorter (antialiased), and at a border the weights of what is there are divided by
 * their sum. So do Pillow and {@code torch.nn.functional.interpolate(…, antialias=True)}.
 */
public enum ResizeFilter implements Resampler {
  /** The cubic convolution kernel of Keys (1981) with a = -1/2. */
  CUBIC,
  /** A triangle. */
  LINEAR,
  /**
   * Another grid for the same frequencies. In lowest terms in/out is p/q: each p samples are transformed by the
   * orthonormal DCT-II, the first q coefficients (or all and zeros) are transformed back to q samples, times
   * sqrt(q/p) to keep the mean.
   */
  DCT;

  /** Where Keys' kernel has its a. */
  private static final double KEYS = -0.5;

  @Override
  public Taps taps(int axis, int inputs, int outputs) {
    return taps(inputs, outputs);
  }

  @Override
  public void check(int axis, int inputs, int outputs) {
    check(inputs, outputs);
    Resampler.checkSamples(inputs, outputs);
  }

  @Override
  public Attributes attributes() {
    return Attributes.none().with("filter", new Attributes.Word(toString()));
  }

  /**
   * The weights of an axis of {@code inputs} samples that becomes one of {@code outputs}.
   *
   * @throws IllegalArgumentException for less than one sample, or a change of grid whose blocks are too large
   */
  public Taps taps(int inputs, int outputs) {
    return taps(inputs, outputs, 0, outputs);
  }

  /**
   * The weights of {@code count} samples from {@code from} on, of an axis of {@code inputs} samples that becomes one of
   * {@code outputs}: of those there may be more than anybody has memory for.
   *
   * @throws IllegalArgumentException as {@link #taps(int, int)}, and for samples that are not among them
   */
  public Taps taps(int inputs, long outputs, long from, int count) {
    check(inputs, outputs);
    if (from < 0 || count < 1 || count > outputs - from) {
      throw new IllegalArgumentException("%d samples from %d on, of %d".formatted(count, from, outputs));
    }
    Resampler.checkSamples(inputs, count);
    return switch (this) {
      case CUBIC -> antialiased(inputs, outputs, from, count, 2, ResizeFilter::cubic);
      case LINEAR -> antialiased(inputs, outputs, from, count, 1, x -> Math.max(0, 1 - Math.abs(x)));
      case DCT -> otherGrid(inputs, outputs, from, count);
    };
  }

  /** Whether {@link #taps} has weights for these lengths. */
  public boolean reaches(int inputs, int outputs) {
    try {
      check(inputs, outputs);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private void check(int inputs, long outputs) {
    Resampler.checkLengths(inputs, outputs);
    int common = common(inputs, outputs);
    long largest = Math.max(inputs, outputs) / common;
    if (this == DCT && largest > Block.MAX_SIDE) {
      throw new IllegalArgumentException(
          "the grid of %d samples changes to %d in blocks of %d to %d, of which %d is the largest"
              .formatted(inputs, outputs, inputs / common, outputs / common, Block.MAX_SIDE));
    }
  }

  private static int common(int a, long b) {
    return BigInteger.valueOf(a).gcd(BigInteger.valueOf(b)).intValue();
  }

  private static double cubic(double x) {
    double t = Math.abs(x);
    if (t < 1) {
      return ((KEYS + 2) * t - (KEYS + 3)) * t * t + 1;
    }
    return t < 2 ? KEYS * (((t - 5) * t + 8) * t - 4) : 0;
  }

  /** @param support where the kernel ends */
  private static Taps antialiased(
      int inputs, long outputs, long from, int count, double support, DoubleUnaryOperator kernel) {
    double scale = (double) inputs / outputs;
    double stretch = Math.max(1, scale);
    List<Taps.Sum> sums = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double centre = (from + i + 0.5) * scale;
      int first = Math.max(0, (int) (centre - support * stretch + 0.5));
      int end = Math.min(inputs, (int) (centre + support * stretch + 0.5));
      List<Double> weights = new ArrayList<>();
      double total = 0;
      for (int input = first; input < end; input++) {
        double weight = kernel.applyAsDouble((input + 0.5 - centre) / stretch);
        weights.add(weight);
        total += weight;
      }
      double sum = total;
      sums.add(new Taps.Sum(first, weights.stream().map(weight -> weight / sum).toList()));
    }
    return new Taps(inputs, sums);
  }

  private static Taps otherGrid(int inputs, long outputs, long from, int count) {
    int common = common(inputs, outputs);
    DctMatrix forward = new DctMatrix(inputs / common);
    DctMatrix inverse = new DctMatrix((int) (outputs / common));
    double[][] weights = new double[inverse.size()][forward.size()];
    double gain = Math.sqrt((double) inverse.size() / forward.size());
    for (int j = 0; j < inverse.size(); j++) {
      for (int i = 0; i < forward.size(); i++) {
        for (int u = 0; u < Math.min(inverse.size(), forward.size()); u++) {
          weights[j][i] += gain * inverse.at(u, j) * forward.at(u, i);
        }
      }
    }
    List<Taps.Sum> sums = new ArrayList<>();
    for (long o = from; o < from + count; o++) {
      List<Double> block = DoubleStream.of(weights[(int) (o % inverse.size())]).boxed().toList();
      sums.add(new Taps.Sum((int) (o / inverse.size()) * forward.size(), block));
    }
    return new Taps(inputs, sums);
  }

  public static ResizeFilter parse(String text) {
    for (ResizeFilter filter : values()) {
      if (filter.toString().equals(text)) {
        return filter;
      }
    }
    throw new IllegalArgumentException("no filter '" + text + "'; there are cubic, linear and dct");
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
