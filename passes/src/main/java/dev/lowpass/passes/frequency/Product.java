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
  static Product of(Shape input, int outputs) {
    return new Product(input.dim(0), input.dim(1), outputs, input.dim(2), input.dim(3));
  }

  /** Rows of the product. */
  long positions() {
    return (long) batch * rows * columns;
  }

  public long multiplyAdds() {
    return (long) batch * inputs * outputs * rows * columns;
  }
}
