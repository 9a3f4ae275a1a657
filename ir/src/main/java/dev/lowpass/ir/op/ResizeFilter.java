package dev.lowpass.ir.op;

import dev.lowpass.ir.Block;
import dev.lowpass.ir.DctMatrix;
import dev.lowpass.runtime.picture.ResamplingKernel;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/**
 * By which weights {@link Resize} makes an axis longer or shorter. The first two are those that pictures are resized
 * by, see {@link ResamplingKernel}.
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
      case CUBIC -> antialiased(ResamplingKernel.CUBIC, inputs, outputs, from, count);
      case LINEAR -> antialiased(ResamplingKernel.TRIANGLE, inputs, outputs, from, count);
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

  private static Taps antialiased(ResamplingKernel kernel, int inputs, long outputs, long from, int count) {
    List<Taps.Sum> sums = new ArrayList<>();
    for (long output = from; output < from + count; output++) {
      List<Double> weights = DoubleStream.of(kernel.weights(inputs, outputs, output)).boxed().toList();
      sums.add(new Taps.Sum(kernel.first(inputs, outputs, output), weights));
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
