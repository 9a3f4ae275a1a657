package dev.lowpass.passes.frequency;

/**
 * What kernels spend time on, as far as the cost model tells it apart. A vector is 16 float32 values side by side, of
 * channels of one position: one register of AVX-512, two of AVX2. Channels that fill up the last vector count.
 */
public enum CostTerm {
  /** Multiply-adds of vectors in pointwise products. */
  PRODUCT,
  /**
   * Those of them whose register tile is one vector wide, because the outputs are an odd number of vectors: such a tile
   * loads more for each of them.
   */
  NARROW_PRODUCT,
  /** Vectors of weights that come from beyond the second-level cache for a product, partly while it computes. */
  WEIGHTS,
  /** Vectors of weights of a product with a single row, which has nothing to compute meanwhile. */
  ROW_WEIGHTS,
  /** Vectors of maps that are too large for the second-level cache. */
  FAR_MAP,
  /** Operations on vectors in block transforms, both directions. */
  TRANSFORM,
  /** Vectors that an inverse transform makes: they go to memory and come back for what follows. */
  INVERSE,
  /** Multiply-adds of vectors in depthwise convolutions. */
  DEPTHWISE,
  /** Vectors of a depthwise convolution's input: written by the producer, read for each row of the kernel. */
  DEPTHWISE_INPUT,
  /** Multiply-adds of vectors in other convolutions. */
  CONVOLUTION,
  /** Vectors that functions of one element and everything else read, mostly in other kernels' epilogues. */
  ELEMENT,
  /** Vectors read by a pooling. */
  POOL
}
