package dev.lowpass.passes.machine;

/**
 * How much one kernel does.
 *
 * @param largeMap positions of a map from which on it does not fit the caches together with what is computed from it
 * @param mostBlockWeights weights that every strip of a block reads again, at most: they must stay in the first caches
 *     beside the strip
 * @param reach what a kernel does besides a linear operator and its epilogue, an addition and functions of one element
 * @param blocks where the expansion in front of a depthwise convolution is part of the kernel too
 * @param pools where the mean behind a product is, on a device
 */
public record FusionRule(
    int largeMap, long mostBlockWeights, Reach reach, WholeBlockRule blocks, PoolRule pools) {
  /** What one kernel may do. */
  public enum Reach {
    /** A linear operator and its epilogue. */
    LAYER,
    /**
     * That, or a depthwise convolution and the product behind it where that has fewer channels than it reads, and the
     * expansion before it where {@link #blocks} says so; and behind a product the mean where {@link #pools} does.
     */
    PROJECTION,
    /**
     * All through which a slab stays in cache: around a depthwise convolution the expansion and the transforms, and behind
     * a product or an inverse transform the mean over its map.
     */
    SLABS
  }

  /** Where prices of a device have no say. */
  FusionRule(int largeMap, long mostBlockWeights, Reach reach) {
    this(largeMap, mostBlockWeights, reach, WholeBlockRule.NEVER, PoolRule.NEVER);
  }

  /** Taps that a kernel of 9x9 has: the code of larger ones takes long to compile, and does not fit into caches. */
  private static final int MOST_TAPS_WRITTEN_OUT = 81;

  /** Whether a slab stays in cache through several operators. */
  public boolean keepsSlabs() {
    return reach == Reach.SLABS;
  }

  /**
   * Whether the taps of a depthwise convolution are written out one by one, as they are where it is fused with what
   * stands around it; more of them are looped over, in a kernel that does nothing else.
   */
  public boolean writesOut(int taps) {
    return taps <= MOST_TAPS_WRITTEN_OUT;
  }

  /** Whether a map of so many positions is made strip by strip, in one kernel with what reads it. */
  public boolean isLarge(int positions) {
    return positions >= largeMap;
  }
}
