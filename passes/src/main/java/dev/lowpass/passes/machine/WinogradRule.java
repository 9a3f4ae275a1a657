package dev.lowpass.passes.machine;

/**
 * Where a 3x3 convolution is made of tiles, and of how large ones: what is predicted to take the least time. Larger
 * tiles take fewer multiply-adds, for which they pay with more weights, each used for fewer rows, and with outputs that
 * lie beyond the map.
 *
 * @param weight multiply-adds that take as long as it takes to wait for a vector of far weights
 * @param operation multiply-adds that take as long as an operation on a vector in a transform
 * @param leastRows tiles that keep the arithmetic units busy: fewer take as long
 */
public record WinogradRule(double weight, double operation, int leastRows) {
  /** Of a machine without kernels for it. */
  static final WinogradRule NEVER = new WinogradRule(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, 1);

  /** No tiles at all. */
  public static final int DIRECT = 0;

  private static final int[] SIDES = {2, 4};

  /** Outputs along each side of a tile, or {@link #DIRECT}. */
  public int side(TiledConvolution convolution) {
    int best = DIRECT;
    double least = convolution.direct() + weight * convolution.directWeights();
    for (int side : SIDES) {
      double time =
          products(convolution, side)
              + weight * convolution.weights(side)
              + operation * convolution.operations(side);
      if (time < least) {
        best = side;
        least = time;
      }
    }
    return best;
  }

  /** Multiply-adds of the products, those included during which the arithmetic units wait. */
  public double products(TiledConvolution convolution, int side) {
    return Math.max(convolution.tiles(side), leastRows) * convolution.weights(side);
  }
}
