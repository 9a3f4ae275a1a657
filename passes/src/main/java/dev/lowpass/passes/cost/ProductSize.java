package dev.lowpass.passes.cost;

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
public record ProductSize(int batch, int inputs, int outputs, int rows, int columns) {
  public static ProductSize of(Shape input, int outputs) {
    return new ProductSize(input.dim(0), input.dim(1), outputs, input.dim(2), input.dim(3));
  }

  /** Rows of the product. */
  long positions() {
    return (long) batch * rows * columns;
  }

  /** Positions of one map. */
  int mapPositions() {
    return rows * columns;
  }

  public long multiplyAdds() {
    return (long) batch * inputs * outputs * rows * columns;
  }
}
