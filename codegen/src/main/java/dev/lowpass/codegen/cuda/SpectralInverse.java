package dev.lowpass.codegen.cuda;

import dev.lowpass.codegen.element.Vectors;
import dev.lowpass.codegen.emit.BlockGrid;
import dev.lowpass.codegen.emit.Butterfly;
import dev.lowpass.codegen.emit.RegisterPool;
import dev.lowpass.codegen.plan.step.DepthwiseStep;
import dev.lowpass.codegen.tir.Buffer;
import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.codegen.tir.Register;
import dev.lowpass.codegen.tir.Var;
import dev.lowpass.passes.machine.SpectralTile;

/**
 * The inverse transform of a {@link SpectralDepthwiseKernel}: columns of all blocks that its group needs into shared memory,
 * each to its place on the map, then rows there.
 *
 * @param columns those that are not known to be zero
 */
record SpectralInverse(DepthwiseStep step, SpectralTile tile, FrequencyColumns columns) {
  private static final int VECTOR = Operand.VECTOR;

  private BlockGrid grid() {
    return columns.grid();
  }

  private int left() {
    return step.window().before(1);
  }

  /** Whether all rows of all blocks are those of the map that the group has. */
  private boolean isWhole() {
    return tile.tiles() == 1 && tile.mapRows() >= step.window().before(0) + tile.layer().height();
  }

  /** Writes columns; rows come after a barrier. */
  void columns(Code code, KernelMemory memory, SpectralMap map) {
    Buffer input = memory.bufferOf(step.input());
    Var top = code.let("top", map.top());
    Var first = code.let("first", top.max(0).quotient(grid().height()));
    map.share(
        code,
        tile.blockRows() * grid().blockColumns() * columns.count(),
        (body, work) -> {
          Var across = body.let("across", work.number().remainder(grid().blockColumns()));
          Var rest = body.let("down", work.number().quotient(grid().blockColumns()));
          Var blockRow = body.let("blockRow", first.plus(rest.remainder(tile.blockRows())));
          Var v = body.let("v", rest.quotient(tile.blockRows()));
          if (isWhole()) {
            column(body, memory, map, work, input, blockRow, across, v, top);
          } else {
            Expr end = top.plus(tile.mapRows()).min(tile.layer().height());
            body.when(
                blockRow.times(grid().height()).lessThan(end),
                then -> column(then, memory, map, work, input, blockRow, across, v, top));
          }
        });
  }

  private void column(
      Code code,
      KernelMemory memory,
      SpectralMap map,
      SpectralMap.Work work,
      Buffer input,
      Expr blockRow,
      Expr across,
      Expr v,
      Expr top) {
    Var block = code.let("block", blockRow.times(grid().blockColumns()).plus(across));
    RegisterPool pool = SpectralMap.pool(code);
    Register[] samples =
        columns.inverse(
            code,
            memory,
            pool,
            v,
            index -> input.load(map.offset(grid().layout(), index.times(grid().blocks()).plus(block), work), VECTOR));
    Var y = code.let("y", blockRow.times(grid().height()).minus(top));
    Expr x = across.times(grid().width()).plus(v).plus(left());
    Var to = code.let("to", map.at(y, x, tile.mapColumns(), work));
    for (int i = 0; i < samples.length; i++) {
      Expr at = to.plus(i * tile.mapColumns() * tile.lanes());
      Expr sample = samples[i].get();
      if (isWhole()) {
        code.store(map.cells(), at, sample);
      } else {
        Expr row = y.plus(i);
        code.when(
            row.atLeast(0).and(row.lessThan(tile.mapRows())), then -> then.store(map.cells(), at, sample));
      }
    }
  }

  /** Writes rows, with the functions behind the transform. */
  void rows(Code code, SpectralMap map) {
    Var top = code.let("top", map.top());
    map.share(
        code,
        tile.mapRows() * grid().blockColumns(),
        (body, work) -> {
          Var across = body.let("across", work.number().remainder(grid().blockColumns()));
          Var y = body.let("y", work.number().quotient(grid().blockColumns()));
          Expr row = y.plus(top);
          body.when(
              row.atLeast(0).and(row.lessThan(tile.layer().height())), then -> row(then, map, work, y, across));
        });
  }

  private void row(Code code, SpectralMap map, SpectralMap.Work work, Expr y, Expr across) {
    Expr x = across.times(grid().width()).plus(left());
    Var from = code.let("from", map.at(y, x, tile.mapColumns(), work));
    RegisterPool pool = SpectralMap.pool(code);
    Register[] samples =
        Butterfly.inverse(pool, map.line(pool, from, tile.lanes(), columns.count()), grid().width());
    for (int q = 0; q < samples.length; q++) {
      code.store(map.cells(), from.plus(q * tile.lanes()), Vectors.apply(step.before(), samples[q].get()));
    }
  }
}
