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
 * A {@link RoundedKernel} for AMX, whose registers are ready. Rows need not fill tiles: those that are none are
 * multiplied, and not written.
 */
record TilesKernel(ProductKernel product) implements RoundedKernel {
  @Override
  public Function build(String name) {
    return new Writer(this).build(name);
  }

  private static final class Writer {
    private final ProductPanel panel;
    private final PanelResult result;
    private final int block;
    private final TileRegisters one;
    private final TileRegisters whole;

    Writer(TilesKernel kernel) {
      this.panel = kernel.product.panel();
      this.result = new PanelResult(kernel.product);
      boolean two = kernel.product.tiles().rows() > TileRegisters.ROWS && TileRegisters.fit(2, panel.vectors());
      this.one = new TileRegisters(1, panel.vectors());
      this.whole = two ? new TileRegisters(2, panel.vectors()) : one;
      this.block = whole.rowTiles() * TileRegisters.ROWS;
    }

    Function build(String name) {
      Stmt body = one.with(Code.of(this::blocks));
      if (!whole.equals(one)) {
        body = whole.with(body);
      }
      return Function.kernel(name, result.parameters(), TileRegisters.multiplying(body));
    }

    private void blocks(Code code) {
      result.begin(code);
      Var steps = code.let("steps", result.channels.parts(Bfloats.CHANNELS));
      code.loop(
          "block",
          code.let("blocks", result.rows.parts(block)),
          (body, index) -> {
            Var row = body.let("row", index.times(block));
            Var count = body.let("count", result.rows.minus(row).min(block));
            if (whole.equals(one)) {
              multiply(body, one, row, count, steps);
            } else {
              body.when(
                  count.lessThan(TileRegisters.ROWS + 1),
                  few -> multiply(few, one, row, count, steps),
                  many -> multiply(many, whole, row, count, steps));
            }
          });
    }

    private void multiply(Code code, TileRegisters tiles, Expr row, Expr count, Expr steps) {
      code.add(tiles.clear());
      code.add(
          tiles.multiply(
              result.x.address(row.times(LANES)),
              Expr.constant(DataType.I64, LANES * Float.BYTES),
              result.between.times(Float.BYTES).cast(DataType.I64),
              result.w.address(0),
              steps));
      code.add(tiles.store(result.sums.address(0)));
      code.loop(
          "row",
          count,
          (body, r) -> {
            for (int v = 0; v < panel.vectors(); v++) {
              Expr at = r.plus(v * tiles.rowTiles() * TileRegisters.ROWS).times(LANES);
              result.write(body, row.plus(r), v, result.sums.load(at, LANES));
            }
          });
    }
  }
}
