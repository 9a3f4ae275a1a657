package dev.lowpass.passes.machine;

import java.util.Optional;

/**
 * Where a product of a device makes the mean over its map: one tile holds all rows of an image then, however few they are,
 * and what it computes beyond them is lost. What that takes is weighed against the launch and the bytes that it saves.
 *
 * @param prices of the device; none where there is no such kernel
 */
public record PoolRule(Optional<DevicePrices> prices) {
  /** Rows of a tile. */
  public static final int ROWS = 64;

  static final PoolRule NEVER = new PoolRule(Optional.empty());

  /** Whether it pays. @param rows of an image */
  public boolean pays(int images, int rows, int channels, int outputs) {
    return rows <= ROWS && prices.isPresent() && pays(prices.orElseThrow(), images, rows, channels, outputs);
  }

  private static boolean pays(DevicePrices prices, int images, int rows, int channels, int outputs) {
    double lost = (double) images * (ROWS - rows) * channels * outputs / prices.multiprocessors();
    double moved = 2.0 * Float.BYTES * images * rows * outputs;
    return lost < prices.launch() + prices.bytes() * moved;
  }
}
