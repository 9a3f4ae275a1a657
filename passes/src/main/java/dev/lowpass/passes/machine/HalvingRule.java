package dev.lowpass.passes.machine;

/**
 * Where a product made of halves (Strassen's) is faster, as measured. It saves an eighth of the multiply-adds, and pays
 * for it with passes over its output, which weigh the less the more channels there are, with passes over its input,
 * which weigh the less the more outputs there are, and with weights 7/4 as large, which weigh the less the more rows
 * there are.
 */
public record HalvingRule(int leastRows, int leastChannels, int leastOutputs) {
  /** Of a machine without kernels for it. */
  static final HalvingRule NEVER = new HalvingRule(Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE);

  /** Whether channels and outputs halve, the outputs into whole panels of {@code vectors} vectors. */
  public static boolean fits(int channels, int outputs, int vectors) {
    return channels % (2 * Machine.SLAB) == 0 && outputs % (2 * vectors * Machine.SLAB) == 0;
  }

  /**
   * Whether it pays for a dense product.
   *
   * @param rows of one image; an odd number cannot be halved
   */
  public boolean pays(int rows, int channels, int outputs) {
    return rows % 2 == 0 && rows >= leastRows && channels >= leastChannels && outputs >= leastOutputs;
  }
}
