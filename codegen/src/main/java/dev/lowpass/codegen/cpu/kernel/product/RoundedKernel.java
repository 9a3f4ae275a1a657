package dev.lowpass.codegen.cpu.kernel.product;

import static dev.lowpass.codegen.plan.value.Layout.LANES;

import dev.lowpass.codegen.tir.llvm.TileRegisters;
import dev.lowpass.passes.machine.Machine;

/**
 * What a {@link ProductKernel} computes, of input and weights that are rounded to bfloat16; sums are float32.
 *
 * <p>C signature: (x, w, b, [residual], y, rows, channels, biasRows, between, sums): x is what {@link RoundRows} made,
 * {@code between} elements of 32 bits from one step of 32 channels to the next, and {@code sums} has {@link #SUMS}
 * elements of scratch.
 */
public sealed interface RoundedKernel extends PanelKernel permits PairsKernel, TilesKernel {
  /** Rows that are read at a time at most, of which not all need be there. */
  int MOST_ROWS = 2 * TileRegisters.ROWS;

  /** Elements of scratch for sums. */
  int SUMS = MOST_ROWS * TileRegisters.MOST_VECTORS * LANES;

  /** A kernel in place of {@code product}, for a machine that multiplies in bfloat16. */
  static RoundedKernel of(Machine machine, ProductKernel product) {
    return switch (machine.unit()) {
      case NONE, BFLOAT_WARPS, HALF_WARPS, TF32_WARPS ->
          throw new IllegalArgumentException(machine.name() + " does not multiply in bfloat16 so");
      case PAIRS -> new PairsKernel(product);
      // Of one row, a tile would multiply fifteen that are none, and weights come no faster.
      case TILES -> product.tiles().rows() == 1 ? new PairsKernel(product) : new TilesKernel(product);
    };
  }
}
