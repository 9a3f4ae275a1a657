package dev.lowpass.testsuite.cuda;

/**
 * What kernels of a kind are held to. Loads are instructions of a work-item, for each of its multiply-adds: a multiprocessor
 * begins four times as many multiply-adds in a cycle as loads.
 *
 * @param sharedPerMac loads from shared memory at most
 * @param globalPerMac loads from global memory at most
 * @param vectorShare which part of the loaded bytes comes by vectors at least
 * @param occupancy which part of the warps that a multiprocessor takes can be there at least, if there are enough groups
 */
record KernelLimits(double sharedPerMac, double globalPerMac, double vectorShare, double occupancy) {
  /** More than that waits for shared memory and no longer for arithmetic: two operands of an 8x4 tile take a quarter of it. */
  private static final double PRODUCT_SHARED = 0.5;

  /** A tile's operands go to shared memory once and are used there by all its items. */
  private static final double PRODUCT_GLOBAL = 0.1;

  /** A tap is a vector of samples and one of weights for four multiply-adds; the projection behind it only lowers that. */
  private static final double BLOCK_GLOBAL = 0.5;

  /** Each multiply-add of a depthwise convolution with an item for each output reads its sample and its weight. */
  private static final double DEPTHWISE_GLOBAL = 2.2;

  /** A line of eight coefficients goes in and comes out; its transform has some 30 multiply-adds where the block is 7x7. */
  private static final double TRANSFORM_SHARED = 0.5;

  private static final double TRANSFORM_GLOBAL = 1;

  /** What is left are words of tables, sums of parts, and pictures whose channels are few. */
  private static final double PRODUCT_VECTORS = 0.9;

  /** Sums and staged operands of a work-item take some hundred registers, which leave room for 16 of 64 warps. */
  private static final double PRODUCT_OCCUPANCY = 0.25;

  /** Nothing but waiting for memory, which many warps hide. */
  private static final double OTHER_OCCUPANCY = 0.5;

  private static final double ANY = Double.POSITIVE_INFINITY;

  static KernelLimits of(KernelKind kind) {
    return switch (kind) {
      case PRODUCT, BANDED_PRODUCT, CONVOLUTION ->
          new KernelLimits(PRODUCT_SHARED, PRODUCT_GLOBAL, PRODUCT_VECTORS, PRODUCT_OCCUPANCY);
      case BLOCK -> new KernelLimits(PRODUCT_SHARED, BLOCK_GLOBAL, PRODUCT_VECTORS, PRODUCT_OCCUPANCY);
      case DEPTHWISE -> new KernelLimits(0, DEPTHWISE_GLOBAL, 0, OTHER_OCCUPANCY);
      case DCT, IDCT -> new KernelLimits(TRANSFORM_SHARED, TRANSFORM_GLOBAL, 0, OTHER_OCCUPANCY);
      case ELEMENTWISE -> new KernelLimits(ANY, ANY, 0, OTHER_OCCUPANCY);
    };
  }
}
