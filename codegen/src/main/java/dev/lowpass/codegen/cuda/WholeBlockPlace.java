package dev.lowpass.codegen.cuda;

import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.ir.op.Window;
import dev.lowpass.passes.machine.BlockTile;

/**
 * Where the tile of a group lies.
 *
 * @param row of its first output
 * @param column of its first output
 * @param top first row of the expanded map that it reads, negative where that lies above the map
 * @param left the same for columns
 * @param mapTop first row of the expanded map that the group computes: all of them are on the map
 * @param mapLeft the same for columns
 */
record WholeBlockPlace(Expr image, Expr row, Expr column, Expr top, Expr left, Expr mapTop, Expr mapLeft) {
  /** The place of group {@code group}. */
  static WholeBlockPlace of(Code code, BlockTile tile, Expr group) {
    int across = tile.tiles(1);
    int tiles = tile.tiles(0) * across;
    Expr image = code.let("image", group.quotient(tiles));
    Expr own = code.let("tile", group.remainder(tiles));
    Expr row = code.let("firstRow", own.quotient(across).times(tile.height()));
    Expr column = code.let("firstColumn", own.remainder(across).times(tile.width()));
    Expr top = read(code, "top", tile, 0, row);
    Expr left = read(code, "left", tile, 1, column);
    return new WholeBlockPlace(
        image, row, column, top, left, computed(code, "mapTop", tile, 0, top), computed(code, "mapLeft", tile, 1, left));
  }

  private static Expr read(Code code, String name, BlockTile tile, int axis, Expr first) {
    Window window = tile.block().window();
    return code.let(name, first.times(window.stride(axis)).minus(window.before(axis)));
  }

  private static Expr computed(Code code, String name, BlockTile tile, int axis, Expr first) {
    return code.let(name, first.max(0).min(tile.block().extent(axis) - tile.computed(axis)));
  }
}
