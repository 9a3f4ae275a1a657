package dev.lowpass.codegen.cpu.kernel.product;

import static dev.lowpass.codegen.plan.value.Layout.LANES;

import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.codegen.tir.Function;
import dev.lowpass.codegen.tir.Var;
import dev.lowpass.codegen.tir.llvm.Bfloats;

/** A {@link RoundedKernel} for AVX512_BF16: register tiles as those of the product, two channels at a time. */
record PairsKernel(ProductKernel product) implements RoundedKernel {
  private static final int PAIRS = Bfloats.CHANNELS / 2;

  @Override
  public Function build(String name) {
    return new Writer(this).build(name);
  }

  private static final class Writer {
    private final ProductKernel product;
    private final ProductPanel panel;
    private final PanelResult result;

    Writer(PairsKernel kernel) {
      this.product = kernel.product;
      this.panel = product.panel();
      this.result = new PanelResult(product);
    }

    Function build(String name) {
      return Function.kernel(
          name, result.parameters(), Bfloats.multiplying(Code.of(this::tiles)));
    }

    private void tiles(Code code) {
      int height = product.tiles().rows();
      result.begin(code);
      Var full = code.let("full", result.rows.floorDiv(height));
      code.loop("tile", full, (body, tile) -> tile(body, body.let("row", tile.times(height)), height));
      Var first = code.let("firstLeft", full.times(height));
      Var left = code.let("left", result.rows.minus(first));
      for (int remainder : product.tiles().remainders()) {
        code.when(left.equalTo(remainder), body -> tile(body, first, remainder));
      }
    }

    private void tile(Code code, Expr row, int height) {
      PairSums sums = new PairSums(code, height, panel.vectors());
      code.loop(
          "step",
          result.channels.parts(Bfloats.CHANNELS),
          (steps, step) ->
              steps.loop("pair", PAIRS, (inner, pair) -> accumulate(inner, sums, row, step, pair)));
      for (int r = 0; r < height; r++) {
        for (int v = 0; v < panel.vectors(); v++) {
          result.write(code, row.plus(r), v, sums.get(r, v));
        }
      }
    }

    private void accumulate(Code code, PairSums sums, Expr row, Expr step, Expr pair) {
      int ahead = product.fetches().once() ? product.fetches().ahead() : 0;
      Expr first = step.times(result.between).plus(row.times(LANES)).plus(pair);
      sums.add(code, result.w, step.times(PAIRS).plus(pair), ahead, result.x, r -> first.plus(r * LANES));
    }
  }
}
