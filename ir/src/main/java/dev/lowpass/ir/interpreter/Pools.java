package dev.lowpass.ir.interpreter;

import dev.lowpass.ir.Domain;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.TensorType;
import dev.lowpass.ir.op.AveragePool;
import dev.lowpass.ir.op.MaxPool;
import dev.lowpass.ir.op.MaxPoolIndices;
import dev.lowpass.ir.op.Window;

/** Summaries of windows or of whole maps. */
final class Pools {
  private Pools() {}

  /** What a pool makes of the elements of one window. */
  @FunctionalInterface
  private interface Summary {
    double of(double[] x, int from, int top, int left);
  }

  static Numbers max(MaxPool pool, Numbers input, TensorType type) {
    Shape in = input.type().shape();
    Window window = pool.window();
    return pool(
        window,
        input,
        type,
        (x, from, top, left) -> {
          double max = Double.NEGATIVE_INFINITY;
          for (int ky = 0; ky < window.kernel().get(0); ky++) {
            for (int kx = 0; kx < window.kernel().get(1); kx++) {
              int row = top + ky * window.dilations().get(0);
              int column = left + kx * window.dilations().get(1);
              if (inside(row, in.dim(2)) && inside(column, in.dim(3))) {
                double value = x[from + row * in.dim(3) + column];
                max = value > max ? value : max;
              }
            }
          }
          return max;
        });
  }

  /** The place of the first maximum, counted over all maps. */
  static Numbers indices(MaxPoolIndices pool, Numbers input, TensorType type) {
    Shape in = input.type().shape();
    Window window = pool.window();
    return pool(
        window,
        input,
        type,
        (x, from, top, left) -> {
          double max = Double.NEGATIVE_INFINITY;
          int place = -1;
          for (int ky = 0; ky < window.kernel().get(0); ky++) {
            for (int kx = 0; kx < window.kernel().get(1); kx++) {
              int row = top + ky * window.dilations().get(0);
              int column = left + kx * window.dilations().get(1);
              boolean isInside = inside(row, in.dim(2)) && inside(column, in.dim(3));
              if (isInside && (place < 0 || x[from + row * in.dim(3) + column] > max)) {
                max = x[from + row * in.dim(3) + column];
                place = from + (pool.columnMajor() ? column * in.dim(2) + row : row * in.dim(3) + column);
              }
            }
          }
          return place;
        });
  }

  static Numbers average(AveragePool pool, Numbers input, TensorType type) {
    Shape in = input.type().shape();
    Window window = pool.window();
    return pool(
        window,
        input,
        type,
        (x, from, top, left) -> {
          double sum = 0;
          int count = 0;
          for (int ky = 0; ky < window.kernel().get(0); ky++) {
            for (int kx = 0; kx < window.kernel().get(1); kx++) {
              int row = top + ky * window.dilations().get(0);
              int column = left + kx * window.dilations().get(1);
              if (inside(row, in.dim(2)) && inside(column, in.dim(3))) {
                sum += x[from + row * in.dim(3) + column];
                count++;
              } else if (pool.countPads() && isPadded(window, row, column, in)) {
                count++;
              }
            }
          }
          return sum / count;
        });
  }

  private static Numbers pool(Window window, Numbers input, TensorType type, Summary summary) {
    Shape in = input.type().shape();
    Shape out = type.shape();
    double[] y = new double[Math.toIntExact(out.elements())];
    int target = 0;
    for (int plane = 0; plane < out.dim(0) * out.dim(1); plane++) {
      for (int oy = 0; oy < out.dim(2); oy++) {
        for (int ox = 0; ox < out.dim(3); ox++) {
          int top = oy * window.stride(0) - window.before(0);
          int left = ox * window.stride(1) - window.before(1);
          y[target++] = summary.of(input.values(), plane * in.dim(2) * in.dim(3), top, left);
        }
      }
    }
    return new Numbers(type, y);
  }

  private static boolean inside(int index, int extent) {
    return index >= 0 && index < extent;
  }

  /** A window of a ceil-mode pool may reach beyond the pads; what lies there does not even count. */
  private static boolean isPadded(Window window, int row, int column, Shape in) {
    return row < in.dim(2) + window.pads().get(2) && column < in.dim(3) + window.pads().get(3);
  }

  /** A block's mean is its DC coefficient over sqrt(block size), and all blocks are equally large. */
  static Numbers globalAverage(Numbers input, TensorType type) {
    int plane = input.plane();
    int step = 1;
    double gain = 1;
    if (input.type().domain() instanceof Domain.Frequency frequency) {
      step = frequency.block().size();
      gain = frequency.block().dcGain();
    }
    double[] means = new double[Math.toIntExact(type.shape().elements())];
    for (int channel = 0; channel < means.length; channel++) {
      double sum = 0;
      for (int i = 0; i < plane; i += step) {
        sum += input.values()[channel * plane + i];
      }
      means[channel] = sum / (plane / step) / gain;
    }
    return new Numbers(type, means);
  }
}
