package dev.lowpass.codegen.cpu.kernel.product;

import dev.lowpass.codegen.tir.Function;
import dev.lowpass.codegen.tir.llvm.Bfloats;
import dev.lowpass.passes.machine.BfloatUnit;
import dev.lowpass.passes.machine.Machine;

/**
 * What a {@link ProductKernel} computes, with input and weights rounded to bfloat16: rows are rounded into scratch some
 * channels at a time, and multiplied there. Sums start from zero and are float32.
 *
 * <p>C signature: (x, w, b, [residual], y, rows, channels, biasRows, scratch), with {@link #scratch} elements of scratch.
 *
 * @param product what is computed, with its register tile
 */
public sealed interface RoundedKernel extends PanelKernel permits PairsKernel, TilesKernel {
  /** Steps of 32 channels that are rounded before they are multiplied: what the first-level cache keeps. */
  int STEPS = 8;

  ProductKernel product();

  /** A kernel in place of {@code product}, for a machine that multiplies in bfloat16. */
  static RoundedKernel of(Machine machine, ProductKernel product) {
    return switch (machine.bfloat()) {
      case NONE -> throw new IllegalArgumentException(machine.name() + " does not multiply in bfloat16");
      case PAIRS -> new PairsKernel(product);
      // Of one row, a tile would multiply fifteen that are none, and weights come no faster.
      case TILES -> product.tiles().rows() == 1 ? new PairsKernel(product) : new TilesKernel(product);
    };
  }

  /** Elements of scratch that a call takes for tiles of so many rows and vectors. */
  static int scratch(BfloatUnit unit, int rows, int vectors) {
    return switch (unit) {
      case NONE -> 0;
      case PAIRS -> PairsKernel.scratch(rows);
      case TILES -> TilesKernel.scratch(rows, vectors);
    };
  }

  /** Elements that {@code rows} rows of {@link #STEPS} steps take. */
  static int rounded(int rows) {
    return STEPS * rows * Bfloats.CHANNELS / 2;
  }

  @Override
  Function build(String name);
}
