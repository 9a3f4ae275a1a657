package dev.lowpass.passes.frequency;

import dev.lowpass.ir.BandLimit;
import dev.lowpass.ir.Block;
import dev.lowpass.ir.CoefficientOrder;
import dev.lowpass.ir.Domain;
import dev.lowpass.ir.TensorType;
import dev.lowpass.ir.op.Dct;
import java.util.Optional;

/** How maps are cut into blocks and coefficients counted; transforms cancel only on one grid. */
public record Grid(Block block, CoefficientOrder order) {
  public static Grid of(Domain.Frequency frequency) {
    return new Grid(frequency.block(), frequency.order());
  }

  public static Grid of(BandLimit limit) {
    return new Grid(limit.block(), limit.order());
  }

  public static Grid of(Dct dct) {
    return new Grid(dct.block(), dct.order());
  }

  /** The transform onto this grid, not truncated. */
  Dct dct() {
    return new Dct(block, order, Optional.empty());
  }

  /** Whether blocks tile the map of {@code image}, so that an inverse transform crops nothing away. */
  public boolean divides(TensorType image) {
    return block.divides(image.shape().dim(2), image.shape().dim(3));
  }
}
