package dev.lowpass.codegen.plan;

/** How much one kernel may do. */
public enum FusionReach {
  /** A linear operator and its epilogue: an addition and functions of one element. */
  EPILOGUES,
  /**
   * Around a depthwise convolution also the expansion and the transforms, and behind a product or an inverse transform
   * the mean over its map, for processors that keep a slab in cache.
   */
  AROUND_DEPTHWISE
}
