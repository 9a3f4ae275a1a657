package dev.lowpass.passes.machine;

import java.util.Optional;

/**
 * Where expansion, depthwise convolution and projection are one kernel, and how it is cut: what is predicted to take the
 * least time. One kernel keeps what lies in between out of memory and saves a launch; for that neighbouring tiles compute
 * the expansion along their borders twice, and small maps leave some multiprocessors idle.
 *
 * @param prices of the device; none where there is no such kernel
 */
public record WholeBlockRule(Optional<DevicePrices> prices) {
  static final WholeBlockRule NEVER = new WholeBlockRule(Optional.empty());

  /** Groups on a multiprocessor that registers suffice for. */
  private static final int GROUPS_AT_ONCE = 2;

  /** Two for each of the parts of a multiprocessor: while one waits for shared memory, the other multiplies. */
  private static final int WARPS_WANTED = 8;

  /** The best tile; nothing where two kernels take less time. */
  public Optional<BlockTile> tile(WholeBlock block) {
    return prices.flatMap(device -> tile(device, block));
  }

  private static Optional<BlockTile> tile(DevicePrices device, WholeBlock block) {
    Optional<BlockTile> best = Optional.empty();
    double least = separate(device, block);
    for (BlockTile tile : BlockTile.of(block)) {
      double time = time(device, tile);
      if (time < least) {
        best = Optional.of(tile);
        least = time;
      }
    }
    return best;
  }

  private static double separate(DevicePrices device, WholeBlock block) {
    return 2 * device.launch()
        + BlockTile.separate(block) / device.multiprocessors()
        + device.bytes() * (block.bytes() + block.bytesBetween());
  }

  private static double time(DevicePrices device, BlockTile tile) {
    int groups = Math.ceilDiv(tile.groups(), device.multiprocessors());
    double warps = (double) tile.items() / BlockTile.WARP * Math.min(groups, GROUPS_AT_ONCE);
    return device.launch()
        + groups * tile.instructions() * Math.max(1, WARPS_WANTED / warps)
        + device.bytes() * tile.block().bytes();
  }
}
