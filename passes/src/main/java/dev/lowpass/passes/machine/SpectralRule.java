package dev.lowpass.passes.machine;

import java.util.Comparator;
import java.util.Optional;

/**
 * Where a depthwise convolution and the transforms around it are one kernel, and how it is cut: what is predicted to take the
 * least time. One kernel keeps maps out of memory and saves launches; for that neighbouring tiles transform blocks along
 * their border twice.
 *
 * @param prices of the device; none where there is no such kernel
 */
public record SpectralRule(Optional<DevicePrices> prices) {
  static final SpectralRule NEVER = new SpectralRule(Optional.empty());

  /** Memory gives eight numbers at once, whether all of them are wanted or not. */
  private static final int SECTOR = 8;

  /** One for each of the parts of a multiprocessor: the numbers of a line do not wait for each other. */
  private static final double WARPS_WANTED = 4;

  private static final double ITEMS_OF_WARP = 32;

  /** Warps on a multiprocessor that registers suffice for. */
  private static final double MOST_WARPS = 16;

  /** The best tile; nothing where kernels of their own take less time. */
  public Optional<SpectralTile> tile(SpectralDepthwise layer) {
    return prices.flatMap(device -> tile(device, layer));
  }

  private static Optional<SpectralTile> tile(DevicePrices device, SpectralDepthwise layer) {
    return SpectralTile.of(layer).stream()
        .min(Comparator.comparingDouble(tile -> time(device, tile)))
        .filter(tile -> time(device, tile) < separate(device, layer));
  }

  private static double separate(DevicePrices device, SpectralDepthwise layer) {
    return (1 + layer.transforms()) * device.launch()
        + SpectralTile.separate(layer) / device.multiprocessors()
        + device.bytes() * (layer.bytesRead() + layer.bytesBetween() + layer.bytesWritten());
  }

  private static double time(DevicePrices device, SpectralTile tile) {
    int groups = Math.ceilDiv(tile.groups(), device.multiprocessors());
    double warps = Math.min(groups * tile.items() / ITEMS_OF_WARP, MOST_WARPS);
    double sectors = Math.max(1, (double) SECTOR / tile.lanes());
    SpectralDepthwise layer = tile.layer();
    double arithmetic = groups * tile.instructions() * Math.max(1, WARPS_WANTED / warps);
    double memory = device.bytes() * (layer.bytesRead() + layer.bytesWritten());
    double cache = device.cached() * sectors * (tile.bytesRead() + layer.bytesWritten());
    return device.launch() + arithmetic + Math.max(memory, cache);
  }
}
