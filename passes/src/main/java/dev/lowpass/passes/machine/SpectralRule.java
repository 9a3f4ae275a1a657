package dev.lowpass.passes.machine;

import java.util.Comparator;
import java.util.Optional;

/**
 * Where a depthwise convolution and the transforms around it are one kernel, and how it is cut: what is predicted to take the
 * least time. One kernel keeps maps out of memory and saves launches; for that neighbouring tiles transform blocks along
 * their border twice.
 *
 * @param multiprocessors of the device
 * @param launch instructions that a multiprocessor executes, one for each item, in the time in which a kernel begins
 * @param bytes the same for a byte that goes through memory
 * @param cached the same for a byte that goes through the device's cache
 */
public record SpectralRule(int multiprocessors, double launch, double bytes, double cached) {
  /** Of a machine without kernels for it: no kernel takes less than nothing. */
  static final SpectralRule NEVER = new SpectralRule(1, Double.NEGATIVE_INFINITY, 0, 0);

  /** As {@link WholeBlockRule#H200}; its cache gives half as much again as its memory. */
  static final SpectralRule H200 =
      new SpectralRule(
          WholeBlockRule.H200.multiprocessors(), WholeBlockRule.H200.launch(), WholeBlockRule.H200.bytes(), 0.02);

  /** Memory gives eight numbers at once, whether all of them are wanted or not. */
  private static final int SECTOR = 8;

  /** One for each of the parts of a multiprocessor: the numbers of a line do not wait for each other. */
  private static final double WARPS_WANTED = 4;

  private static final double ITEMS_OF_WARP = 32;

  /** Warps on a multiprocessor that registers suffice for. */
  private static final double MOST_WARPS = 16;

  /** The best tile; nothing where kernels of their own take less time. */
  public Optional<SpectralTile> tile(SpectralDepthwise layer) {
    double separate = separate(layer);
    return separate == Double.NEGATIVE_INFINITY
        ? Optional.empty()
        : SpectralTile.of(layer).stream()
            .min(Comparator.comparingDouble(this::time))
            .filter(tile -> time(tile) < separate);
  }

  private double separate(SpectralDepthwise layer) {
    return (1 + layer.transforms()) * launch
        + SpectralTile.separate(layer) / multiprocessors
        + bytes * (layer.bytesRead() + layer.bytesBetween() + layer.bytesWritten());
  }

  private double time(SpectralTile tile) {
    int groups = Math.ceilDiv(tile.groups(), multiprocessors);
    double warps = Math.min(groups * tile.items() / ITEMS_OF_WARP, MOST_WARPS);
    double sectors = Math.max(1, (double) SECTOR / tile.lanes());
    SpectralDepthwise layer = tile.layer();
    double arithmetic = groups * tile.instructions() * Math.max(1, WARPS_WANTED / warps);
    double memory = bytes * (layer.bytesRead() + layer.bytesWritten());
    double cache = cached * sectors * (tile.bytesRead() + layer.bytesWritten());
    return launch + arithmetic + Math.max(memory, cache);
  }
}
