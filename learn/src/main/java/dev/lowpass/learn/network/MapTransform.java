package dev.lowpass.learn.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import dev.lowpass.ir.Block;
import dev.lowpass.ir.CoefficientOrder;
import dev.lowpass.ir.CoefficientOrder.Frequency;
import dev.lowpass.ir.DctMatrix;
import java.util.List;

/**
 * The block transforms of maps of one size, both directions, as one matrix product each: a block is a row of samples
 * [S] that meets a matrix [S, S], with S the block's size. At S = 49 that is more arithmetic than rows and columns
 * apart would take, and less time.
 *
 * @param matrix {@code matrix[i][j]}: the weight of sample i in coefficient j, in the order of coefficients
 * @param transposed the inverse of {@code matrix}
 */
public record MapTransform(Block block, int rows, int columns, NDArray matrix, NDArray transposed) {
  public static MapTransform of(NDManager manager, Block block, CoefficientOrder order, int rows, int columns) {
    int size = block.size();
    DctMatrix vertical = new DctMatrix(block.height());
    DctMatrix horizontal = new DctMatrix(block.width());
    List<Frequency> frequencies = order.frequencies(block);
    float[] matrix = new float[size * size];
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < size; j++) {
        Frequency frequency = frequencies.get(j);
        matrix[i * size + j] =
            (float) (vertical.at(frequency.u(), i / block.width()) * horizontal.at(frequency.v(), i % block.width()));
      }
    }
    NDArray forward = manager.create(matrix, new Shape(size, size));
    return new MapTransform(block, rows, columns, forward, forward.transpose());
  }

  /** From samples [N, C, H, W] to coefficients [N, C, blocks, S]. */
  public NDArray forward(NDArray x) {
    return blocks(x).matMul(matrix);
  }

  /** From coefficients [N, C, blocks, S] to samples [N, C, H, W]. */
  public NDArray inverse(NDArray coefficients) {
    return map(coefficients.matMul(transposed));
  }

  private NDArray blocks(NDArray x) {
    long n = x.getShape().get(0);
    long c = x.getShape().get(1);
    int down = block.rowsOf(rows);
    int across = block.columnsOf(columns);
    NDArray whole = repeated(repeated(x, 2, down * block.height() - rows), 3, across * block.width() - columns);
    return across == 1
        ? whole.reshape(n, c, down, block.size())
        : whole
            .reshape(n, c, down, block.height(), across, block.width())
            .transpose(0, 1, 2, 4, 3, 5)
            .reshape(n, c, (long) down * across, block.size());
  }

  private NDArray map(NDArray blocks) {
    long n = blocks.getShape().get(0);
    long c = blocks.getShape().get(1);
    int down = block.rowsOf(rows);
    int across = block.columnsOf(columns);
    long height = (long) down * block.height();
    long width = (long) across * block.width();
    NDArray whole =
        across == 1
            ? blocks.reshape(n, c, height, width)
            : blocks
                .reshape(n, c, down, across, block.height(), block.width())
                .transpose(0, 1, 2, 4, 3, 5)
                .reshape(n, c, height, width);
    boolean crop = height != rows || width != columns;
    return crop ? whole.get(new NDIndex(":, :, :%d, :%d".formatted(rows, columns))) : whole;
  }

  /** Beyond the map's edge the last row and column repeat. */
  private static NDArray repeated(NDArray x, int axis, int times) {
    if (times == 0) {
      return x;
    }
    NDList parts = new NDList(x);
    NDArray last = x.get(new NDIndex(axis == 2 ? ":, :, -1:, :" : ":, :, :, -1:"));
    for (int i = 0; i < times; i++) {
      parts.add(last);
    }
    return NDArrays.concat(parts, axis);
  }
}
