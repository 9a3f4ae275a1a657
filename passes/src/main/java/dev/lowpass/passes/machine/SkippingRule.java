package dev.lowpass.passes.machine;

/**
 * Where a product is faster if it leaves out zeros, and with which register tile: a list of what is not zero costs as
 * much as a few outputs, and weights are read for fewer multiplications.
 *
 * @param possible whether the machine finds zeros fast enough at all
 * @param inBlocks whether the projection of a fused block is worth it: there a list serves one panel only, so
 *     multiplications must be dear
 * @param mostVectors vectors of a tile at most, where a product has several panels
 * @param wholeVectors vectors that make one panel nevertheless
 * @param sums vectors of sums that keep the processor's pipelines full
 * @param leastRows rows of a tile at least
 */
public record SkippingRule(
    boolean possible, boolean inBlocks, int mostVectors, int wholeVectors, int sums, int leastRows) {
  /** Of a machine that does not find zeros. */
  static final SkippingRule NEVER = new SkippingRule(false, false, 1, 1, 1, 1);

  private static final int LEAST_INPUTS = 96;

  /** Outputs of a block's projection from which on slabs are full. */
  private static final int LEAST_BLOCK_OUTPUTS = 2 * Machine.SLAB;

  /** Rows of a tile at most: the more there are, the fewer zeros they have in common. */
  private static final int MOST_ROWS = 6;

  /**
   * Inputs for each output from which on a projection is taken to belong to a block with a residual, whose maps have the
   * most zeros. In others there are half as many.
   */
  private static final int WIDENING = 5;

  /** Whether it pays for a product of samples of which many are zero, such as the projection of a block. */
  public boolean pays(int inputs, int outputs) {
    return possible && inputs % Machine.SLAB == 0 && inputs >= LEAST_INPUTS && inputs >= 2 * outputs;
  }

  /** Whether it pays for the projection of a fused block, which must be rich in zeros. */
  public boolean paysInBlocks(int inputs, int outputs) {
    return inBlocks && outputs >= LEAST_BLOCK_OUTPUTS && hasManyZeros(inputs, outputs);
  }

  /** Whether what a product reads is likely to have the most zeros, as in blocks that widen their input six times. */
  public static boolean hasManyZeros(int inputs, int outputs) {
    return inputs >= WIDENING * outputs;
  }

  /** Vectors of a tile, of a product with {@code slabs} vectors of outputs: many, for a list serves all of them. */
  public int vectors(int slabs) {
    return slabs <= wholeVectors ? slabs : Math.ceilDiv(slabs, Math.ceilDiv(slabs, mostVectors));
  }

  /** Rows of a tile: few, but with sums enough. */
  public int rows(int vectors) {
    return Math.clamp(sums / vectors, leastRows, MOST_ROWS);
  }
}
