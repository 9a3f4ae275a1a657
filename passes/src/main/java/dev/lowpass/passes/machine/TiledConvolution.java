package dev.lowpass.passes.machine;

import dev.lowpass.ir.op.Window;
import java.util.List;

/**
 * How much it takes to make a 3x3 convolution of tiles (Winograd's algorithm), in vectors. Both directions of the
 * transforms are counted.
 *
 * @param images in a batch
 * @param height of the output
 * @param width of the output
 * @param channels of the input
 * @param outputs channels of the output
 */
public record TiledConvolution(int images, int height, int width, int channels, int outputs) {
  private static final int TAPS = 3;

  /** Loads, stores, and twice as many operations of arithmetic, for each sample of a line. */
  private static final int OPERATIONS_OF_SAMPLE = 4;

  /** Whether there are kernels for such a convolution: slabs are full, but for the last. */
  public static boolean suits(Window window, int groups, int channels, int outputs) {
    return groups == 1
        && channels >= Machine.SLAB
        && outputs >= Machine.SLAB
        && window.kernel().equals(List.of(TAPS, TAPS))
        && window.strides().equals(Window.ONES)
        && window.dilations().equals(Window.ONES);
  }

  /** Multiply-adds without tiles. */
  double direct() {
    return (double) images * height * width * directWeights();
  }

  /** Weights without tiles. */
  double directWeights() {
    return (double) TAPS * TAPS * channels * slabs(outputs);
  }

  /** Weights with {@code side} outputs along each side of a tile. Each is multiplied once for each tile. */
  public double weights(int side) {
    return (double) extent(side) * extent(side) * channels * slabs(outputs);
  }

  /** Operations of the transforms: of a tile's columns, which neighbours share in part, and of its rows. */
  public double operations(int side) {
    double samples = extent(side) * (double) (side + extent(side));
    return tiles(side) * (slabs(channels) + slabs(outputs)) * samples * OPERATIONS_OF_SAMPLE;
  }

  /** Tiles of all images. */
  double tiles(int side) {
    return (double) images * Math.ceilDiv(height, side) * Math.ceilDiv(width, side);
  }

  private static int extent(int side) {
    return side + TAPS - 1;
  }

  private static int slabs(int channels) {
    return Math.ceilDiv(channels, Machine.SLAB);
  }
}
