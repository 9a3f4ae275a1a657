package dev.lowpass.codegen.gpu;

import static dev.lowpass.codegen.plan.value.Layout.LANES;

import dev.lowpass.codegen.emit.BlockGrid;
import dev.lowpass.codegen.plan.value.Layout;
import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.ir.Block;

/**
 * A map cut into blocks as kernels see it: its extents are numbers that they are told, so that maps of any size share a
 * kernel.
 */
record BlockMap(Block block, LaunchNumbers<Expr> numbers) {
  /** What a kernel is told of {@code map}. */
  static LaunchNumbers<Integer> numbers(Layout.Coefficients map) {
    BlockGrid grid = new BlockGrid(map);
    return LaunchNumbers.<Integer>none()
        .with("slabs", map.batch() * map.slabs())
        .with("blocks", grid.blocks())
        .with("blockColumns", grid.blockColumns())
        .with("height", map.height())
        .with("width", map.width());
  }

  /** Slabs of all images. */
  Expr slabs() {
    return numbers.get("slabs");
  }

  Expr blocks() {
    return numbers.get("blocks");
  }

  private Expr blockColumns() {
    return numbers.get("blockColumns");
  }

  Expr height() {
    return numbers.get("height");
  }

  Expr width() {
    return numbers.get("width");
  }

  /** The map's row where a block starts. */
  Expr top(Expr index) {
    return index.floorDiv(blockColumns()).times(block.height());
  }

  /** The map's column where a block starts. */
  Expr left(Expr index) {
    return index.floorMod(blockColumns()).times(block.width());
  }

  /** Offset of a sample. */
  Expr sample(Expr slab, Expr y, Expr x, Expr lane) {
    return slab.times(height()).plus(y).times(width()).plus(x).times(LANES).plus(lane);
  }

  /** Offset of the coefficient that is number {@code order} of its block. */
  Expr coefficient(Expr slab, Expr order, Expr index, Expr lane) {
    return slab.times(block.size()).plus(order).times(blocks()).plus(index).times(LANES).plus(lane);
  }
}
