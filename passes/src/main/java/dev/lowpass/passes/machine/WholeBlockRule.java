package dev.lowpass.passes.machine;

import java.util.Optional;

/**
 * Where expansion, depthwise convolution and projection are one kernel, and how it is cut: what is predicted to take the
 * least time. One kernel keeps what lies in between out of memory and saves a launch; for that neighbouring tiles compute
 * the expansion along their borders twice, and small maps leave some multiprocessors idle.
 *
 * @param multiprocessors of the device
 * @param launch instructions that a multiprocessor executes, one for each item, in the time in which a kernel begins
 * @param bytes the same for a byte that goes through memory
 */
public record WholeBlockRule(int multiprocessors, double launch, double bytes) {
  /** Of a machine without kernels for it: no kernel takes less than nothing. */
  static final WholeBlockRule NEVER = new WholeBlockRule(1, Double.NEGATIVE_INFINITY, 0);

  /**
   * By an H200's data sheet, and the prices derived from it: 132 multiprocessors of 128 multiply-adds a cycle, of which
   * products reach half, so 127 in a nanosecond; 800 ns for a launch; 4.3 TB/s.
   */
  static final WholeBlockRule H200 = new WholeBlockRule(132, 101_600, 0.0295);

  /** Groups on a multiprocessor that registers suffice for. */
  private static final int GROUPS_AT_ONCE = 2;

  /** Two for each of the parts of a multiprocessor: while one waits for shared memory, the other multiplies. */
  private static final int WARPS_WANTED = 8;

  /** The best tile; nothing where two kernels take less time. */
  public Optional<BlockTile> tile(WholeBlock block) {
    Optional<BlockTile> best = Optional.empty();
    double least = separate(block);
    if (least == Double.NEGATIVE_INFINITY) {
      return best;
    }
    for (BlockTile tile : BlockTile.of(block)) {
      double time = time(tile);
      if (time < least) {
        best = Optional.of(tile);
        least = time;
      }
    }
    return best;
  }

  private double separate(WholeBlock block) {
    return 2 * launch
        + BlockTile.separate(block) / multiprocessors
        + bytes * (block.bytes() + block.bytesBetween());
  }

  private double time(BlockTile tile) {
    int groups = Math.ceilDiv(tile.groups(), multiprocessors);
    double warps = (double) tile.items() / BlockTile.WARP * Math.min(groups, GROUPS_AT_ONCE);
    return launch
        + groups * tile.instructions() * Math.max(1, WARPS_WANTED / warps)
        + bytes * tile.block().bytes();
  }
}
