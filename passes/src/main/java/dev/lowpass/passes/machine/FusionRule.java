package dev.lowpass.passes.machine;

/**
 * How much one kernel does.
 *
 * @param largeMap positions of a map from which on it does not fit the caches together with what is computed from it
 * @param mostBlockWeights weights that every strip of a block reads again, at most: they must stay in the first caches
 *     beside the strip
 * @param keepsSlabs whether a slab stays in cache through several operators: around a depthwise convolution one kernel
 *     also does the expansion and the transforms, and behind a product or an inverse transform the mean over its map.
 *     Otherwise it does a linear operator and its epilogue, an addition and functions of one element
 */
public record FusionRule(int largeMap, long mostBlockWeights, boolean keepsSlabs) {
  /** Taps that a kernel of 9x9 has: the code of larger ones takes long to compile, and does not fit into caches. */
  private static final int MOST_TAPS_WRITTEN_OUT = 81;

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
