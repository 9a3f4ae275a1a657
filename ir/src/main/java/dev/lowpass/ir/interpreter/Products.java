package dev.lowpass.ir.interpreter;

import dev.lowpass.ir.BandLimit;
import dev.lowpass.ir.Domain;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.TensorType;
import dev.lowpass.ir.op.Pointwise;
import java.util.List;
import java.util.stream.IntStream;

/** Products with a matrix: pointwise convolutions in both domains, and matrix products. */
final class Products {
  private Products() {}

  /** Operands x, w [M, C] and perhaps b [M]. Every element of a plane, sample or coefficient, meets the same matrix. */
  static Numbers pointwise(Pointwise pointwise, List<Numbers> operands, TensorType type) {
    Numbers input = limited(pointwise, operands.get(0)).rounded(pointwise.precision());
    double[] weight = operands.get(1).rounded(pointwise.precision()).values();
    int channels = input.type().shape().dim(1);
    int outputs = type.shape().dim(1);
    int plane = input.plane();
    double[] x = input.values();
    double[] y = new double[Math.toIntExact(Numbers.storageShape(type).elements())];
    IntStream.range(0, type.shape().dim(0) * outputs)
        .parallel()
        .forEach(
            target -> {
              int image = target / outputs;
              int output = target % outputs;
              for (int c = 0; c < channels; c++) {
                double factor = weight[output * channels + c];
                int from = (image * channels + c) * plane;
                int to = target * plane;
                for (int p = 0; p < plane; p++) {
                  y[to + p] += factor * x[from + p];
                }
              }
            });
    if (operands.size() > 2) {
      addBias(operands.get(2).values(), y, plane, type.domain());
    }
    return new Numbers(type, y);
  }

  private static Numbers limited(Pointwise pointwise, Numbers input) {
    return switch (input.type().domain()) {
      case Domain.Spatial spatial -> input;
      case Domain.Frequency frequency -> pointwise.limit().map(BandLimit::keep).map(input::truncated).orElse(input);
    };
  }

  /** A constant map has a DC coefficient of sqrt(block size) times the constant in every block, and no other. */
  private static void addBias(double[] bias, double[] y, int plane, Domain domain) {
    double gain =
        switch (domain) {
          case Domain.Spatial spatial -> 1;
          case Domain.Frequency frequency -> frequency.block().dcGain();
        };
    int step =
        switch (domain) {
          case Domain.Spatial spatial -> 1;
          case Domain.Frequency frequency -> frequency.block().size();
        };
    for (int i = 0; i < y.length; i += step) {
      y[i] += gain * bias[i / plane % bias.length];
    }
  }

  /** [.., R, K] x [.., K, N], leading axes broadcast. */
  static Numbers matrices(Numbers left, Numbers right, TensorType type) {
    Shape shape = type.shape();
    int rank = shape.rank();
    int rows = shape.dim(-2);
    int columns = shape.dim(-1);
    int depth = left.type().shape().dim(-1);
    Shape leading = new Shape(shape.dims().subList(0, rank - 2));
    int[] leftStarts = starts(left.type().shape(), leading);
    int[] rightStarts = starts(right.type().shape(), leading);
    double[] y = new double[Math.toIntExact(shape.elements())];
    for (int matrix = 0; matrix < leftStarts.length; matrix++) {
      for (int r = 0; r < rows; r++) {
        int to = (matrix * rows + r) * columns;
        for (int k = 0; k < depth; k++) {
          double factor = left.values()[leftStarts[matrix] + r * depth + k];
          int from = rightStarts[matrix] + k * columns;
          for (int c = 0; c < columns; c++) {
            y[to + c] += factor * right.values()[from + c];
          }
        }
      }
    }
    return new Numbers(type, y);
  }

  /** Where the matrix of each index of {@code leading} starts in an operand of shape {@code shape}. */
  private static int[] starts(Shape shape, Shape leading) {
    Shape own = new Shape(shape.dims().subList(0, shape.rank() - 2));
    int matrix = shape.dim(-1) * shape.dim(-2);
    int[] starts = StridedView.broadcast(own, leading).positions();
    return IntStream.of(starts).map(start -> start * matrix).toArray();
  }
}
