package dev.lowpass.codegen.cpu.winograd;

/**
 * The matrices by which {@code outputs} neighbouring results of a filter are made of outputs + taps - 1 products:
 * y = A^T ((G g) * (B^T d)) for samples d and taps g. Both are polynomials, which are multiplied at as many points, one
 * of them at infinity (A. Toom, S. Cook); transposed that is a filter (S. Winograd, "Arithmetic Complexity of
 * Computations", 1980; A. Lavin, S. Gray, arXiv:1509.09308).
 *
 * @param output A^T [outputs][points]
 * @param taps G [points][taps]
 * @param input B^T [points][points]
 */
record CookToom(double[][] output, double[][] taps, double[][] input) {
  /** @param points all but the one at infinity, which becomes the last */
  static CookToom of(int outputs, int taps, double... points) {
    int count = outputs + taps - 1;
    if (points.length != count - 1) {
      throw new IllegalArgumentException(points.length + " points, not " + (count - 1));
    }
    double[][] output = new double[outputs][count];
    double[][] kernel = new double[count][taps];
    double[][] input = new double[count][count];
    for (int j = 0; j < points.length; j++) {
      double others = 1;
      double[] product = {1};
      for (int k = 0; k < points.length; k++) {
        if (k != j) {
          others *= points[j] - points[k];
          product = timesRoot(product, points[k]);
        }
      }
      System.arraycopy(product, 0, input[j], 0, product.length);
      for (int i = 0; i < outputs; i++) {
        output[i][j] = Math.pow(points[j], i);
      }
      for (int i = 0; i < taps; i++) {
        kernel[j][i] = Math.pow(points[j], i) / others;
      }
    }
    double[] all = {1};
    for (double point : points) {
      all = timesRoot(all, point);
    }
    input[count - 1] = all;
    output[outputs - 1][count - 1] = 1;
    kernel[count - 1][taps - 1] = 1;
    return new CookToom(output, kernel, input);
  }

  /** {@code polynomial} times (x - root). */
  private static double[] timesRoot(double[] polynomial, double root) {
    double[] product = new double[polynomial.length + 1];
    for (int i = 0; i < polynomial.length; i++) {
      product[i] -= root * polynomial[i];
      product[i + 1] += polynomial[i];
    }
    return product;
  }
}
