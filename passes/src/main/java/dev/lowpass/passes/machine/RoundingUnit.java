package dev.lowpass.passes.machine;

import dev.lowpass.ir.Precision;

/** What multiplies rounded numbers and adds up in float32. */
public enum RoundingUnit {
  /** Nothing, or nothing is asked of it: products are float32. */
  NONE(Precision.FLOAT32),
  /** A vector instruction adds two products to each of 16 sums (AVX512_BF16, {@code vdpbf16ps}). */
  PAIRS(Precision.BFLOAT16),
  /** An instruction multiplies matrices of 16x32 and 32x16 in registers of their own (AMX, {@code tdpbf16ps}). */
  TILES(Precision.BFLOAT16),
  /** 32 work-items of a device multiply matrices of 16x16 and 16x8 together (tensor cores, {@code mma.sync}). */
  BFLOAT_WARPS(Precision.BFLOAT16),
  /** The same in float16. */
  HALF_WARPS(Precision.FLOAT16),
  /** The same in TF32, whose matrices are 16x8 and 8x8. */
  TF32_WARPS(Precision.TF32);

  /** Two tiles of 16 rows by two of 16 outputs, and as many of samples and of weights, are all eight that there are. */
  private static final ProductTile OF_TILES = new ProductTile(32, 2);

  private final Precision precision;

  RoundingUnit(Precision precision) {
    this.precision = precision;
  }

  /** In which products are to multiply. */
  public Precision precision() {
    return precision;
  }

  /** Whether a layer may multiply in {@code other} where this one is in use. */
  public boolean takes(Precision other) {
    return switch (this) {
      case NONE, PAIRS, TILES -> other == Precision.FLOAT32 || other == precision;
      case BFLOAT_WARPS, HALF_WARPS, TF32_WARPS -> true;
    };
  }

  /**
   * The register tile of a product.
   *
   * @param single that of one in single precision; of pairs it is the same, with two samples in a broadcast, and
   *     weights of two channels
   */
  ProductTile tile(ProductTile single) {
    return switch (this) {
      case NONE, PAIRS, BFLOAT_WARPS, HALF_WARPS, TF32_WARPS -> single;
      case TILES -> OF_TILES;
    };
  }
}
