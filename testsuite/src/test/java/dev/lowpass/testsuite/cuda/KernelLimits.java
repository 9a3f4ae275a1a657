package dev.lowpass.testsuite.cuda;

/**
 * What kernels of a kind are held to. Loads are instructions of a work-item, for each of its multiply-adds: a multiprocessor
 * begins four times as many multiply-adds in a cycle as loads.
 *
 * @param sharedPerMac loads from shared memory at most, in the loop that does most of the work
 * @param globalPerMac loads from global memory at most, in the whole kernel
 * @param vectorShare which part of the loaded bytes comes by vectors at least
 * @param occupancy which part of the warps that a multiprocessor takes can be there at least, if there are enough groups
 */
record KernelLimits(double sharedPerMac, double globalPerMac, double vectorShare, double occupancy) {
  /** More than that waits for shared memory and no longer for arithmetic; an item's tile of 8x4 takes three for 32. */
  private static final double PRODUCT_SHARED = 0.5;

  /** A tile's operands go to shared memory once and are used there by all its items. */
  private static final double PRODUCT_GLOBAL = 0.1;

  /** The numbers of a picture with three channels are gathered one by one, and used by as many items. */
  private static final double PICTURE_GLOBAL = 0.2;

  /** A tap is a vector of samples and one of weights for four multiply-adds; what is done behind it only lowers that. */
  private static final double DEPTHWISE_GLOBAL = 0.5;

  /** Each multiply-add of an item for each output reads its sample and its weight, and the item its bias. */
  private static final double GROUPED_GLOBAL = 2.2;

  /** A line of eight coefficients goes in and comes out; its transform has some 30 multiply-adds where the block is 7x7. */
  private static final double TRANSFORM_SHARED = 0.5;

  private static final double TRANSFORM_GLOBAL = 1;

  /** What is left are words of tables. */
  private static final double VECTORS = 0.9;

  /** What is gathered is none, but the weights are. */
  private static final double PICTURE_VECTORS = 0.7;

  /** Tiles take some hundred registers of each item, which leave room for 16 of 64 warps. */
  private static final double OCCUPANCY = 0.25;

  /** Those that compute their operand take half as many more, and so do those that keep sums of two products. */
  private static final double BLOCK_OCCUPANCY = 0.125;

  /**
   * An instruction of a warp does 32 multiply-adds of an item or more, and a narrow tile takes 12 words for four of them.
   * Where there is one turn, the sums of parts come on top.
   */
  private static final double TENSOR_SHARED = 0.15;

  /** It is worth 16 others and more, so that half as many warps keep the units busy. */
  private static final double TENSOR_OCCUPANCY = 0.125;

  private static final double ANY = Double.POSITIVE_INFINITY;

  /**
   * Those of the product in a kernel of {@code kind} on tensor cores. Words of fragments lie apart, and come one by one: those
   * of a warp are all that memory gives at once.
   */
  static KernelLimits onTensorCores(KernelKind kind) {
    return new KernelLimits(TENSOR_SHARED, of(kind).globalPerMac, 0, TENSOR_OCCUPANCY);
  }

  static KernelLimits of(KernelKind kind) {
    return switch (kind) {
      case PRODUCT, BANDED_PRODUCT, CONVOLUTION -> new KernelLimits(PRODUCT_SHARED, PRODUCT_GLOBAL, VECTORS, OCCUPANCY);
      case PICTURE_CONVOLUTION -> new KernelLimits(PRODUCT_SHARED, PICTURE_GLOBAL, PICTURE_VECTORS, OCCUPANCY);
      case BLOCK -> new KernelLimits(PRODUCT_SHARED, DEPTHWISE_GLOBAL, VECTORS, BLOCK_OCCUPANCY);
      case WHOLE_BLOCK -> new KernelLimits(PRODUCT_SHARED, PRODUCT_GLOBAL, VECTORS, BLOCK_OCCUPANCY);
      case DEPTHWISE -> new KernelLimits(0, DEPTHWISE_GLOBAL, VECTORS, OCCUPANCY);
      case GROUPED_CONVOLUTION -> new KernelLimits(0, GROUPED_GLOBAL, 0, OCCUPANCY);
      case DCT, IDCT -> new KernelLimits(TRANSFORM_SHARED, TRANSFORM_GLOBAL, 0, OCCUPANCY);
      case ELEMENTWISE -> new KernelLimits(ANY, ANY, 0, OCCUPANCY);
    };
  }
}
