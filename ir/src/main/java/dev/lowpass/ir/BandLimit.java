package dev.lowpass.ir;

/**
 * What one pointwise layer keeps of its input: how blocks are cut, how their coefficients are counted, and how many of
 * them each input channel keeps. This is what a bands file says of a layer.
 */
public record BandLimit(Block block, CoefficientOrder order, Bands keep) {
  public BandLimit {
    // The domain has the check of thresholds against the block.
    new Domain.Frequency(block, order, keep);
  }

  /** The kept part of all coefficients, 0 to 1. */
  public double retained() {
    return keep.retained(block.size());
  }

  public BandLimit withKeep(Bands changed) {
    return new BandLimit(block, order, changed);
  }
}
