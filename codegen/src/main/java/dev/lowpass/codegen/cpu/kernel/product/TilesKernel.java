package dev.lowpass.codegen.cpu.kernel.product;

import static dev.lowpass.codegen.plan.value.Layout.LANES;

import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.codegen.tir.Function;
import dev.lowpass.codegen.tir.Stmt;
import dev.lowpass.codegen.tir.Var;
import dev.lowpass.codegen.tir.llvm.Bfloats;
import dev.lowpass.codegen.tir.llvm.TileRegisters;
import dev.lowpass.runtime.tvm.DataType;

/**
 * A {@link RoundedKernel} for AMX. Rows need not fill tiles: those that are none are multiplied, and not written. Of few
 * channels, several blocks of rows are rounded, then multiplied, then written: tile registers wait for what was just
 * stored, and vectors for what tile registers store.
 */
record TilesKernel(ProductKernel product) implements RoundedKernel {
  /** Blocks at most that are rounded together. */
  private static final int GROUP = 4;

  /** Rows that are multiplied together: those of two tiles where registers allow. */
  private static int block(int rows, int vectors) {
    boolean two = rows > TileRegisters.ROWS && TileRegisters.fit(2, vectors);
    return two ? 2 * TileRegisters.ROWS : TileRegisters.ROWS;
  }

  /** What was rounded, and sums of a group. */
  static int scratch(int rows, int vectors) {
    int block = block(rows, vectors);
    return RoundedKernel.rounded(block) + GROUP * block * vectors * LANES;
  }

  @Override
  public Function build(String name) {
    return new Writer(this).build(name);
  }

  private static final class Writer {
    private final ProductPanel panel;
    private final Pitch input;
    private final PanelResult result;
    private final int block;
    private final TileRegisters one;
    private final TileRegisters whole;

    Writer(TilesKernel kernel) {
      this.panel = kernel.product.panel();
      this.input = kernel.product.input();
      this.result = new PanelResult(kernel.product);
      this.block = TilesKernel.block(kernel.product.tiles().rows(), panel.vectors());
      this.one = new TileRegisters(1, panel.vectors());
      this.whole = new TileRegisters(block / TileRegisters.ROWS, panel.vectors());
    }

    Function build(String name) {
      Stmt body = one.with(Code.of(this::groups));
      if (!whole.equals(one)) {
        body = whole.with(body);
      }
      return Function.kernel(name, result.parameters(), TileRegisters.in(Bfloats.rounding(body)));
    }

    private void groups(Code code) {
      code.add(TileRegisters.begin());
      result.begin(code);
      Var steps = code.let("steps", parts(result.channels, Bfloats.CHANNELS).max(1));
      Var blocks = code.let("blocks", Expr.i32(STEPS).floorDiv(steps).max(1).min(GROUP));
      Var most = code.let("most", blocks.times(block));
      code.loop(
          "group",
          code.let("groups", result.rows.max(0).plus(most).minus(1).floorDiv(most)),
          (body, group) -> {
            Var row = body.let("row", group.times(most));
            Var count = body.let("count", result.rows.minus(row).min(most));
            body.when(
                steps.lessThan(STEPS + 1),
                few -> multiplyTogether(few, row, count, steps),
                many -> multiplyInChunks(many, row, count));
            write(body, row, count);
          });
      code.add(TileRegisters.end());
    }

    /** All channels of all rows are rounded before anything is multiplied. */
    private void multiplyTogether(Code code, Expr row, Expr count, Expr steps) {
      Var pitch = code.let("pitch", parts(count, TileRegisters.ROWS).times(TileRegisters.ROWS * LANES));
      round(code, row, count, Expr.i32(0), result.channels, pitch);
      code.loop(
          "block",
          parts(count, block),
          (body, index) -> {
            Var first = body.let("first", index.times(block));
            Expr at = first.times(LANES);
            forTiles(
                body,
                count.minus(first),
                (each, tiles) -> {
                  each.add(tiles.clear());
                  each.add(multiply(tiles, at, pitch, Expr.i32(0), steps));
                  each.add(tiles.store(sums(first)));
                });
          });
    }

    /** One block, and some channels of it at a time. */
    private void multiplyInChunks(Code code, Expr row, Expr count) {
      int channels = STEPS * Bfloats.CHANNELS;
      forTiles(
          code,
          count,
          (each, tiles) -> {
            Expr pitch = Expr.i32(tiles.rowTiles() * TileRegisters.ROWS * LANES);
            each.add(tiles.clear());
            each.loop(
                "chunk",
                parts(result.channels, channels),
                (body, chunk) -> {
                  Var first = body.let("firstChannel", chunk.times(channels));
                  Var left = body.let("left", result.channels.minus(first).min(channels));
                  round(body, row, count, first, left, pitch);
                  body.add(multiply(tiles, Expr.i32(0), pitch, first, parts(left, Bfloats.CHANNELS)));
                });
            each.add(tiles.store(sums(Expr.i32(0))));
          });
    }

    private interface Multiplied {
      void write(Code code, TileRegisters tiles);
    }

    /** With as many tiles as {@code rows} rows, or a block, need. */
    private void forTiles(Code code, Expr rows, Multiplied each) {
      if (whole.equals(one)) {
        each.write(code, one);
      } else {
        code.when(rows.lessThan(TileRegisters.ROWS + 1), few -> each.write(few, one), many -> each.write(many, whole));
      }
    }

    /** @param pitch elements from one step to the next */
    private void round(Code code, Expr row, Expr count, Expr firstChannel, Expr channels, Expr pitch) {
      Expr x = row.times(input.row()).plus(firstChannel.floorDiv(LANES).times(input.slab()));
      code.add(
          Bfloats.round(
              result.x.address(x),
              Expr.i32(input.slab()),
              Expr.i32(input.row()),
              count,
              channels,
              result.scratch.address(0),
              pitch));
    }

    private Stmt multiply(TileRegisters tiles, Expr at, Expr pitch, Expr firstChannel, Expr steps) {
      Expr weights = firstChannel.floorDiv(2).times(panel.vectors() * LANES);
      return tiles.multiply(
          result.scratch.address(at),
          Expr.constant(DataType.I64, LANES * Float.BYTES),
          pitch.times(Float.BYTES).cast(DataType.I64),
          result.w.address(weights),
          steps);
    }

    /** Where the sums of the block lie that begins at row {@code first} of the group. */
    private Expr sums(Expr first) {
      return result.scratch.address(first.times(panel.vectors() * LANES).plus(RoundedKernel.rounded(block)));
    }

    /** Block by block: a last one of one tile has its vectors nearer to each other. */
    private void write(Code code, Expr row, Expr count) {
      code.loop(
          "block",
          parts(count, block),
          (blocks, index) -> {
            Var first = blocks.let("firstRow", index.times(block));
            Var rows = blocks.let("blockRows", count.minus(first).min(block));
            Var pitch = blocks.let("sumPitch", parts(rows, TileRegisters.ROWS).times(TileRegisters.ROWS));
            blocks.loop(
                "row",
                rows,
                (body, r) -> {
                  Expr base = first.times(panel.vectors()).plus(r);
                  for (int v = 0; v < panel.vectors(); v++) {
                    Expr at = base.plus(pitch.times(v)).times(LANES).plus(RoundedKernel.rounded(block));
                    result.write(body, row.plus(first).plus(r), v, result.scratch.load(at, LANES));
                  }
                });
          });
    }

    private static Expr parts(Expr whole, int size) {
      return whole.max(0).plus(size - 1).floorDiv(size);
    }
  }
}
