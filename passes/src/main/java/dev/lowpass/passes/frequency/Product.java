package dev.lowpass.passes.frequency;

import dev.lowpass.ir.Shape;

/**
 * The size of a pointwise product.
 *
 * @param batch images
 * @param inputs channels read
 * @param outputs channels written
 * @param rows height of the map
 * @param columns width of the map
 */
public record Product(int batch, int inputs, int outputs, int rows, int columns) {
  public static Product of(Shape input, int outputs) {
    return new Product(input.dim(0), input.dim(1), outputs, input.dim(2), input.dim(3));
  }

  /** Positions of a map from which on a projection is one kernel with what stands before it, and does not skip zeros. */
  private static final int LARGE_MAP = 28 * 28;

  private static final int LEAST_SKIPPING_INPUTS = 96;

  /** Channels that are looked at together. */
  private static final int LANES = 16;

  /** Rows of the product. */
  long positions() {
    return (long) batch * rows * columns;
  }

  /**
   * Whether a kernel that leaves out zeros is faster, given that many samples are zero: a list of what is not zero costs
   * as much as a few outputs, and weights are read for fewer multiplications. Such is the projection of a block.
   */
  public boolean skipsZeros() {
    return rows * columns > 1
        && rows * columns < LARGE_MAP
        && inputs % LANES == 0
        && inputs >= LEAST_SKIPPING_INPUTS
        && inputs >= 2 * outputs;
  }

  public long multiplyAdds() {
    return (long) batch * inputs * outputs * rows * columns;
  }
}
