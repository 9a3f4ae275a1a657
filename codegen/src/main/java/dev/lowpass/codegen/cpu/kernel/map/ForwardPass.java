package dev.lowpass.codegen.cpu.kernel.map;

import static dev.lowpass.codegen.plan.value.Layout.LANES;

import dev.lowpass.codegen.emit.BlockGrid;
import dev.lowpass.codegen.emit.Butterfly;
import dev.lowpass.codegen.emit.RegisterPool;
import dev.lowpass.codegen.tir.Buffer;
import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.codegen.tir.Register;
import dev.lowpass.codegen.tir.Var;
import java.util.function.Function;

/**
 * The code of a forward transform of one block of a slab, truncated to {@code level} coefficients: rows first, each as
 * it is produced, into a scratch of [row][horizontal frequency], then columns into the slab of coefficients.
 *
 * @param masked whether every coefficient is multiplied by a mask vector [coefficient][lane], for exact zeros beyond a
 *     channel's band
 */
public record ForwardPass(BlockGrid grid, int level, boolean masked) {
  /** Scratch elements that a block needs. */
  public static int scratchElements(BlockGrid grid) {
    return grid.size() * LANES;
  }

  /**
   * @param row gives the registers with the samples of row i of the block
   * @param block index of the block in the map
   */
  void write(
      Code code, Buffer scratch, Buffer output, Buffer mask, Expr block, RowSource row) {
    int columns = grid.retainedColumns(level);
    code.loop(
        "i",
        grid.height(),
        (body, i) -> {
          RegisterPool pool = new RegisterPool(body);
          Register[] samples = row.samples(body, pool, i);
          Register[] transformed = Butterfly.forward(pool, samples, columns, 1.0 / grid.size());
          for (int v = 0; v < columns; v++) {
            body.store(scratch, i.times(grid.width()).plus(v).times(LANES), transformed[v].get());
          }
        });
    RegisterPool pool = new RegisterPool(code);
    for (int v = 0; v < columns; v++) {
      int column = v;
      Register[] samples = new Register[grid.height()];
      for (int i = 0; i < samples.length; i++) {
        samples[i] = pool.holding(scratch.load(Expr.i32((i * grid.width() + v) * LANES), LANES));
      }
      Register[] transformed = Butterfly.forward(pool, samples, grid.retainedOfColumn(v, level), 1);
      Function<Integer, Expr> value =
          u -> masked
              ? transformed[u].get().times(mask.load(Expr.i32(grid.index(u, column) * LANES), LANES))
              : transformed[u].get();
      for (int u = 0; u < transformed.length; u++) {
        code.store(output, block.plus(grid.index(u, v) * grid.blocks()).times(LANES), value.apply(u));
      }
      pool.release(transformed);
    }
  }

  /** Where the samples of a block's row come from. */
  interface RowSource {
    Register[] samples(Code code, RegisterPool pool, Var row);
  }
}
