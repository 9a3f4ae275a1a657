package dev.lowpass.ir.interpreter;

import dev.lowpass.ir.Precision;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.TensorType;
import dev.lowpass.ir.op.Convolution;
import dev.lowpass.ir.op.Depthwise;
import dev.lowpass.ir.op.Window;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Convolutions of samples, zeros around the map. */
final class Convolutions {
  private Convolutions() {}

  /** Operands x [N, C, H, W], w [C, height, width] and perhaps b [C]: as many groups as channels. */
  static Numbers depthwise(Depthwise depthwise, List<Numbers> operands, TensorType type) {
    return convolve(depthwise.window(), type.shape().dim(1), Precision.FLOAT32, operands, type);
  }

  /** Operands x [N, C, H, W], w [M, C/groups, height, width] and perhaps b [M]. */
  static Numbers convolution(Convolution convolution, List<Numbers> operands, TensorType type) {
    return convolve(convolution.window(), convolution.groups(), convolution.precision(), operands, type);
  }

  private static Numbers convolve(
      Window window, int groups, Precision precision, List<Numbers> operands, TensorType type) {
    Shape in = operands.get(0).type().shape();
    Shape out = type.shape();
    int outputs = out.dim(1);
    int inputsPerGroup = in.dim(1) / groups;
    int outputsPerGroup = outputs / groups;
    double[] x = operands.get(0).rounded(precision).values();
    double[] weight = operands.get(1).rounded(precision).values();
    int kernel = window.kernel().get(0) * window.kernel().get(1);
    int plane = out.dim(2) * out.dim(3);
    double[] y = new double[Math.toIntExact(out.elements())];
    IntStream.range(0, out.dim(0) * outputs)
        .parallel()
        .forEach(
            target -> {
              int image = target / outputs;
              int output = target % outputs;
              if (operands.size() > 2) {
                Arrays.fill(y, target * plane, (target + 1) * plane, operands.get(2).values()[output]);
              }
              for (int c = 0; c < inputsPerGroup; c++) {
                int channel = output / outputsPerGroup * inputsPerGroup + c;
                int from = (image * in.dim(1) + channel) * in.dim(2) * in.dim(3);
                int filter = (output * inputsPerGroup + c) * kernel;
                addFiltered(window, x, from, in, weight, filter, y, target * plane, out);
              }
            });
    return new Numbers(type, y);
  }

  /** Adds one filtered input plane to one output plane. */
  private static void addFiltered(
      Window window, double[] x, int from, Shape in, double[] weight, int filter, double[] y, int to, Shape out) {
    for (int ky = 0; ky < window.kernel().get(0); ky++) {
      for (int kx = 0; kx < window.kernel().get(1); kx++) {
        double factor = weight[filter + ky * window.kernel().get(1) + kx];
        Reach rows = Reach.of(window, 0, ky, in.dim(2), out.dim(2));
        Reach columns = Reach.of(window, 1, kx, in.dim(3), out.dim(3));
        for (int oy = rows.first(); oy < rows.end(); oy++) {
          int source = from + rows.source(oy) * in.dim(3) + columns.source(0);
          int target = to + oy * out.dim(3);
          for (int ox = columns.first(); ox < columns.end(); ox++) {
            y[target + ox] += factor * x[source + ox * columns.stride()];
          }
        }
      }
    }
  }
}
