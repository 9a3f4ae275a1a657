package dev.lowpass.passes.frequency;

import dev.lowpass.ir.BandLimit;
import dev.lowpass.ir.Shape;

/**
 * Predicts times on some machine, in microseconds. {@link ChooseForms} compares sums of these, so only differences
 * matter.
 */
public interface CostModel {
  /** A pointwise product that reads everything. */
  double dense(Product product);

  /** A banded product: what {@link OrderChannels} and {@link CompactBands} make of {@code limit}. */
  double banded(Product product, BandLimit limit);

  /** A dct of {@code map} [N, C, H, W], truncated to {@code kept}. */
  double forward(Shape map, BandLimit kept);

  /** An idct of {@code map} [N, C, H, W] that has coefficients within {@code known} only. */
  double inverse(Shape map, BandLimit known);
}
