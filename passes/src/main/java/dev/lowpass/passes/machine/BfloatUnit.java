package dev.lowpass.passes.machine;

/** What multiplies bfloat16 numbers and adds up in float32. */
public enum BfloatUnit {
  /** Nothing, or nothing is asked of it: products are float32. */
  NONE,
  /** A vector instruction adds two products to each of 16 sums (AVX512_BF16, {@code vdpbf16ps}). */
  PAIRS,
  /** An instruction multiplies matrices of 16x32 and 32x16 in registers of their own (AMX, {@code tdpbf16ps}). */
  TILES,
  /** 32 work-items of a device multiply matrices of 16x16 and 16x8 together (tensor cores, {@code mma.sync}). */
  WARPS;

  /** Two tiles of 16 rows by two of 16 outputs, and as many of samples and of weights, are all eight that there are. */
  private static final ProductTile OF_TILES = new ProductTile(32, 2);

  /**
   * The register tile of a product.
   *
   * @param single that of one in single precision; of pairs it is the same, with two samples in a broadcast, and
   *     weights of two channels
   */
  ProductTile tile(ProductTile single) {
    return switch (this) {
      case NONE, PAIRS, WARPS -> single;
      case TILES -> OF_TILES;
    };
  }
}
