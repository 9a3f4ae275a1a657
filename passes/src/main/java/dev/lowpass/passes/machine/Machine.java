package dev.lowpass.passes.machine;

import dev.lowpass.ir.Precision;

/**
 * What a processor can do, as far as passes, prices and kernels depend on it. There is no other place that knows.
 *
 * <p>A vector here is {@value #SLAB} channels of one position, whatever the machine: one register of AVX-512, two of
 * AVX2.
 *
 * @param name for people, for instance {@code one AVX-512 core}
 * @param lanes float32 values in one register
 * @param registers how many such registers a kernel may count on; 0 where a driver deals them out
 * @param tile register tile of a product
 * @param depthwiseColumns most neighbouring outputs that a depthwise kernel keeps in registers
 * @param fusion how much one kernel does
 * @param skipping where products leave out zeros
 * @param halving where products are made of halves
 * @param winograd where convolutions are made of tiles
 * @param unit what multiplies rounded numbers, if it is to be used
 */
public record Machine(
    String name,
    int lanes,
    int registers,
    ProductTile tile,
    int depthwiseColumns,
    Caches caches,
    FusionRule fusion,
    SkippingRule skipping,
    HalvingRule halving,
    WinogradRule winograd,
    RoundingUnit unit) {
  /** Channels that lie side by side in memory on every machine: one register of the widest. */
  public static final int SLAB = 16;

  /** A machine that can do the same, under another name. */
  public Machine named(String other) {
    return new Machine(
        other, lanes, registers, tile, depthwiseColumns, caches, fusion, skipping, halving, winograd, unit);
  }

  /** The register tile of a product whose factors are of {@code precision}. */
  public ProductTile tile(Precision precision) {
    return switch (precision) {
      case FLOAT32 -> tile;
      case TF32, FLOAT16, BFLOAT16 -> unit.tile(tile);
    };
  }

  /** In which products multiply here, those of few channels aside. */
  public Precision precision() {
    return unit.precision();
  }

  /** This machine where it multiplies rounded numbers: so fast that neither leaving out zeros nor products of halves pay. */
  Machine rounding(String other, RoundingUnit with) {
    return new Machine(
        other,
        lanes,
        registers,
        tile,
        depthwiseColumns,
        caches,
        fusion,
        SkippingRule.NEVER,
        HalvingRule.NEVER,
        WinogradRule.NEVER,
        with);
  }

  /**
   * Lanes that kernels compute of slabs with {@code channels}: all of them, but for the upper half of the last slab
   * where it holds no channel and is a register of its own. In memory it is there all the same, undefined.
   */
  public int computedLanes(int channels) {
    int unit = lanes >= SLAB ? SLAB : SLAB / 2;
    return Math.ceilDiv(channels, unit) * unit;
  }

  /**
   * Whether a product that reads samples is faster without the zeros, given that there are many. On large maps it is one
   * kernel with what stands before it, and does not look for them.
   *
   * @param positions of one map
   */
  public boolean skipsZeros(int positions, int inputs, int outputs) {
    return positions > 1 && !fusion.isLarge(positions) && skipping.pays(inputs, outputs);
  }

  /** Whether a dense product is made of halves, unless it leaves out zeros. @param positions of one map */
  public boolean halves(int positions, int inputs, int outputs) {
    return halving.pays(positions, inputs, outputs) && HalvingRule.fits(inputs, outputs, tile.vectors());
  }
}
