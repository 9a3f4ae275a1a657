package dev.lowpass.codegen.cpu.choice;

import static dev.lowpass.codegen.plan.value.Layout.LANES;

import dev.lowpass.codegen.tir.CpuTarget;

/**
 * What kernels need to know of a processor: how large a tile its registers hold. A vector here is 16 lanes, one
 * register of AVX-512 and two of AVX2.
 *
 * @param tileRows rows of a product's register tile
 * @param tileVectors vectors of output channels of a product's register tile
 * @param depthwiseColumns most neighbouring outputs that a depthwise kernel keeps in registers
 * @param nearElements float32 elements that stay in a core's first-level cache from one kernel to the next
 * @param cacheElements float32 elements of a core's second-level cache that one task may fill
 */
public record Machine(
    CpuTarget target, int tileRows, int tileVectors, int depthwiseColumns, int nearElements, int cacheElements) {
  /** Rows of a tile that skips zeros, at most: the more there are, the fewer zeros they have in common. */
  private static final int MOST_SKIPPING_ROWS = 6;

  /** How many times as many channels a fused block has inside as it gives, at least, to be rich in zeros. */
  private static final int LEAST_WIDENING = 5;

  public static Machine of(CpuTarget target) {
    // 14 x 2 accumulators, 2 weights and 1 broadcast fill 31 of 32 registers; 6 x 1 double registers do so with 16.
    return target.vectorLanes() >= 16
        ? new Machine(target, 14, 2, 14, 11 << 10, 128 << 10)
        : new Machine(target, 6, 1, 4, 7 << 10, 96 << 10);
  }

  /**
   * Lanes that kernels compute of slabs with {@code channels}: all of them, but for the upper half of the last slab
   * where it holds no channel and is a register of its own. In memory it is there all the same, undefined.
   */
  public int lanes(int channels) {
    int unit = isWide() ? LANES : LANES / 2;
    return Math.ceilDiv(channels, unit) * unit;
  }

  /**
   * Vectors of a tile that skips zeros, of a product with {@code slabs} vectors of outputs: many, for a list of channels
   * serves all of them.
   */
  public int skippingVectors(int slabs) {
    boolean wide = isWide();
    int most = wide ? 6 : 3;
    if (!wide && (slabs == 4 || slabs == 5)) {
      return slabs;
    }
    return Math.ceilDiv(slabs, Math.ceilDiv(slabs, most));
  }

  /** Rows of a tile that skips zeros: few, but with sums enough to keep the processor's pipelines full. */
  public int skippingRows(int vectors) {
    return isWide()
        ? Math.clamp(12 / vectors, 3, MOST_SKIPPING_ROWS)
        : Math.clamp(6 / vectors, 1, MOST_SKIPPING_ROWS);
  }

  /**
   * Whether the projection of a fused block is faster without the zeros, if it has any: there a list serves one panel
   * only, so multiplications must be dear, slabs full, and zeros many, as in blocks that widen their input six times.
   */
  public boolean skipsInBlocks(int inputs, int outputs) {
    return !isWide() && outputs >= 2 * LANES && inputs >= LEAST_WIDENING * outputs;
  }

  private boolean isWide() {
    return target.vectorLanes() >= 16;
  }
}
