package dev.lowpass.codegen.cuda;

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
import dev.lowpass.runtime.tvm.DataType;

/**
 * The forward transform of a {@link SpectralDepthwiseKernel}: rows of the outputs in shared memory, then columns from there.
 *
 * @param columns those that are written
 * @param keep where the parameters say how many coefficients every channel keeps
 */
record SpectralForward(DepthwiseStep step, SpectralTile tile, FrequencyColumns columns, int keep) {
  private static final int VECTOR = Operand.VECTOR;

  private BlockGrid grid() {
    return columns.grid();
  }

  private int width() {
    return tile.layer().outputExtent(1);
  }

  /** Writes rows; columns come after a barrier. */
  void rows(Code code, SpectralMap map) {
    map.share(
        code,
        tile.height() * grid().blockColumns(),
        (body, work) -> {
          Var across = body.let("across", work.number().remainder(grid().blockColumns()));
          Var y = body.let("y", work.number().quotient(grid().blockColumns()));
          Var from = body.let("from", map.at(y, across.times(grid().width()), width(), work));
          RegisterPool pool = SpectralMap.pool(body);
          Register[] samples = map.line(pool, from, tile.lanes(), grid().width());
          Register[] transformed = Butterfly.forward(pool, samples, columns.count(), 1.0 / grid().size());
          for (int v = 0; v < transformed.length; v++) {
            body.store(map.cells(), from.plus(v * tile.lanes()), transformed[v].get());
          }
        });
  }

  /** Writes columns to memory, each channel up to its own band. */
  void columns(Code code, KernelMemory memory, SpectralMap map) {
    int blockRows = tile.height() / grid().height();
    map.share(
        code,
        blockRows * grid().blockColumns() * columns.count(),
        (body, work) -> {
          Var across = body.let("across", work.number().remainder(grid().blockColumns()));
          Var rest = body.let("rest", work.number().quotient(grid().blockColumns()));
          Var down = body.let("down", rest.remainder(blockRows));
          column(body, memory, map, work, down, across, body.let("v", rest.quotient(blockRows)));
        });
  }

  private void column(
      Code code, KernelMemory memory, SpectralMap map, SpectralMap.Work work, Expr down, Expr across, Expr v) {
    Expr x = across.times(grid().width()).plus(v);
    Var from = code.let("from", map.at(down.times(grid().height()), x, width(), work));
    Var blockRow = code.let("blockRow", map.row().quotient(grid().height()).plus(down));
    Var block = code.let("block", blockRow.times(grid().blockColumns()).plus(across));
    Var kept = code.let("kept", memory.parameters(keep).load(map.channel(work), VECTOR));
    Expr[] bands = new Expr[VECTOR];
    for (int lane = 0; lane < VECTOR; lane++) {
      bands[lane] = code.let("band", kept.lane(lane).reinterpret(DataType.I32));
    }
    Var longest = code.let("longest", bands[0].max(bands[1]).max(bands[2].max(bands[3])));
    Buffer output = memory.bufferOf(step.output());
    RegisterPool pool = SpectralMap.pool(code);
    Register[] samples = map.line(pool, from, width() * tile.lanes(), grid().height());
    columns.forward(
        code,
        memory,
        pool,
        v,
        samples,
        (index, value) -> {
          Expr number = index.times(grid().blocks()).plus(block);
          Var to = code.let("to", map.offset(grid().layout(), number, work));
          if (step.exact()) {
            for (int lane = 0; lane < VECTOR; lane++) {
              Expr own = index.lessThan(bands[lane]).select(value.lane(lane), Expr.f32(0));
              code.store(output, to.plus(lane), own);
            }
          } else {
            // What lies beyond one channel's band and not beyond its neighbour's is nobody's: it may be written.
            code.when(index.lessThan(longest), then -> then.store(output, to, value));
          }
        });
  }
}
