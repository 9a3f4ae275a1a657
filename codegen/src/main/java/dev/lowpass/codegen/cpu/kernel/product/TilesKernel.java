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

/** A {@link RoundedKernel} for AMX. Rows need not fill tiles: those that are none are multiplied, and not written. */
record TilesKernel(ProductKernel product) implements RoundedKernel {
  /** Rows that are rounded, and multiplied, together: those of two tiles where registers allow. */
  private static int block(int rows, int vectors) {
    boolean two = rows > TileRegisters.ROWS && TileRegisters.fit(2, vectors);
    return two ? 2 * TileRegisters.ROWS : TileRegisters.ROWS;
  }

  /** What was rounded, and sums of a block. */
  static int scratch(int rows, int vectors) {
    return RoundedKernel.rounded(block(rows, vectors)) + block(rows, vectors) * vectors * LANES;
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
    private final TileRegisters two;

    Writer(TilesKernel kernel) {
      this.panel = kernel.product.panel();
      this.input = kernel.product.input();
      this.result = new PanelResult(kernel.product);
      this.block = TilesKernel.block(kernel.product.tiles().rows(), panel.vectors());
      this.one = new TileRegisters(1, panel.vectors());
      this.two = block > TileRegisters.ROWS ? new TileRegisters(2, panel.vectors()) : one;
    }

    Function build(String name) {
      Stmt body = Bfloats.rounding(one.with(Code.of(this::blocks)));
      if (!two.equals(one)) {
        body = two.with(body);
      }
      return Function.kernel(name, result.parameters(), TileRegisters.in(body));
    }

    private void blocks(Code code) {
      code.add(TileRegisters.begin());
      result.begin(code);
      code.loop(
          "block",
          parts(result.rows, block),
          (body, index) -> {
            Var row = body.let("row", index.times(block));
            Var count = body.let("count", result.rows.minus(row).min(block));
            if (two.equals(one)) {
              multiply(body, one, row, count);
            } else {
              body.when(
                  count.lessThan(TileRegisters.ROWS + 1),
                  few -> multiply(few, one, row, count),
                  many -> multiply(many, two, row, count));
            }
          });
      code.add(TileRegisters.end());
    }

    private static Expr parts(Expr whole, int size) {
      return whole.max(0).plus(size - 1).floorDiv(size);
    }

    private void multiply(Code code, TileRegisters tiles, Expr row, Expr count) {
      int channels = RoundedKernel.STEPS * Bfloats.CHANNELS;
      int between = tiles.rowTiles() * TileRegisters.ROWS * LANES;
      code.add(tiles.clear());
      code.loop(
          "chunk",
          parts(result.channels, channels),
          (body, chunk) -> {
            Var first = body.let("first", chunk.times(channels));
            Var left = body.let("left", result.channels.minus(first).min(channels));
            Expr x = row.times(input.row()).plus(first.floorDiv(LANES).times(input.slab()));
            body.add(
                Bfloats.round(
                    result.x.address(x),
                    Expr.i32(input.slab()),
                    Expr.i32(input.row()),
                    count,
                    left,
                    result.scratch.address(0),
                    Expr.i32(between)));
            Expr weights = first.floorDiv(2).times(panel.vectors() * LANES);
            body.add(
                tiles.multiply(
                    result.scratch.address(0),
                    bytes(LANES),
                    bytes(between),
                    result.w.address(weights),
                    parts(left, Bfloats.CHANNELS)));
          });
      int sums = RoundedKernel.rounded(block);
      code.add(tiles.store(result.scratch.address(sums)));
      code.loop(
          "row",
          count,
          (body, r) -> {
            for (int v = 0; v < panel.vectors(); v++) {
              Expr at = r.plus(v * tiles.rowTiles() * TileRegisters.ROWS).times(LANES).plus(sums);
              result.write(body, row.plus(r), v, result.scratch.load(at, LANES));
            }
          });
    }

    private static Expr bytes(int elements) {
      return Expr.constant(DataType.I64, (long) elements * Float.BYTES);
    }
  }
}
