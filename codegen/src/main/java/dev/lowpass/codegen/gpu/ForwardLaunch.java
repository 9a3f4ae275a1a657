package dev.lowpass.codegen.gpu;

import static dev.lowpass.codegen.plan.value.Layout.LANES;

import dev.lowpass.codegen.emit.Arguments;
import dev.lowpass.codegen.emit.BlockGrid;
import dev.lowpass.codegen.emit.Butterfly;
import dev.lowpass.codegen.emit.Parameters;
import dev.lowpass.codegen.emit.RegisterPool;
import dev.lowpass.codegen.plan.step.TransformStep;
import dev.lowpass.codegen.plan.value.Layout;
import dev.lowpass.codegen.tir.Buffer;
import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.codegen.tir.Register;
import dev.lowpass.codegen.tir.Scope;
import dev.lowpass.codegen.tir.Var;
import dev.lowpass.ir.Block;
import dev.lowpass.runtime.tvm.DataType;

/**
 * A forward transform, a work-group a block: rows into shared memory, then columns from there, each channel up to its
 * own band.
 */
record ForwardLaunch(TransformStep step, Kernel kernel, int order, int keep) implements Launch {
  static Launch prepare(Parameters parameters, TransformStep step) {
    Layout.Coefficients output = (Layout.Coefficients) step.output().layout();
    BlockGrid grid = new BlockGrid(output);
    // For every slab of every image.
    int[] keep = new int[output.batch() * output.slabs() * LANES];
    for (int image = 0; image < output.batch(); image++) {
      for (int c = 0; c < step.keep().channels(); c++) {
        keep[image * output.slabs() * LANES + c] = step.keep().of(c);
      }
    }
    int level = step.exact() ? grid.size() : Math.max(1, step.keep().longest());
    Kernel kernel =
        new Kernel(output.block(), grid.retainedColumns(level), grid.retainedRows(level), step.exact());
    return new ForwardLaunch(step, kernel, parameters.add(grid.order()), parameters.add(keep));
  }

  @Override
  public LaunchNumbers<Integer> numbers(Arguments arguments) {
    return BlockMap.numbers((Layout.Coefficients) step.output().layout())
        .with("input", arguments.start(step.input()))
        .with("output", arguments.start(step.output()))
        .with("order", order)
        .with("keep", keep);
  }

  @Override
  public void write(Code code, Arguments arguments, LaunchNumbers<Expr> numbers) {
    new Writer(kernel, arguments, new BlockMap(kernel.block, numbers), numbers).write(code);
  }

  /**
   * @param columns horizontal frequencies that are computed
   * @param rows vertical frequencies that are computed
   * @param exact whether coefficients beyond a channel's band are written as zeros, or not at all
   */
  record Kernel(Block block, int columns, int rows, boolean exact) {}

  private record Writer(Kernel kernel, Arguments arguments, BlockMap map, LaunchNumbers<Expr> numbers) {
    void write(Code code) {
      BlockGroups groups = new BlockGroups(kernel.block);
      groups.launch(
          code,
          map.slabs(),
          map.blocks(),
          (body, place) -> {
            Buffer lines = body.buffer("lines", DataType.F32, groups.sharedElements(), Scope.SHARED);
            groups.forEachLine(body, place, kernel.block.height(), (inner, i) -> row(inner, groups, lines, place, i));
            body.barrier();
            groups.forEachLine(body, place, kernel.columns, (inner, v) -> column(inner, groups, lines, place, v));
          });
    }

    private void row(Code code, BlockGroups groups, Buffer lines, BlockGroups.Place place, Expr i) {
      // Blocks that reach beyond the map see its last row and column again.
      Var y = code.let("y", map.top(place.block()).plus(i).min(map.height().minus(1)));
      Var left = code.let("left", map.left(place.block()));
      RegisterPool pool = new RegisterPool(code, DataType.F32);
      Register[] samples = new Register[kernel.block.width()];
      for (int q = 0; q < samples.length; q++) {
        Expr x = left.plus(q).min(map.width().minus(1));
        Expr at = numbers.get("input").plus(map.sample(place.slab(), y, x, place.lane()));
        samples[q] = pool.holding(arguments.scratch().load(at));
      }
      Register[] transformed = Butterfly.forward(pool, samples, kernel.columns, 1.0 / kernel.block.size());
      for (int v = 0; v < transformed.length; v++) {
        code.store(lines, groups.at(i, Expr.i32(v), place), transformed[v].get());
      }
    }

    private void column(Code code, BlockGroups groups, Buffer lines, BlockGroups.Place place, Expr v) {
      RegisterPool pool = new RegisterPool(code, DataType.F32);
      Register[] samples = new Register[kernel.block.height()];
      for (int i = 0; i < samples.length; i++) {
        samples[i] = pool.holding(lines.load(groups.at(Expr.i32(i), v, place)));
      }
      Register[] transformed = Butterfly.forward(pool, samples, kernel.rows, 1);
      Expr word = numbers.get("keep").plus(place.slab().times(LANES)).plus(place.lane());
      Var kept = code.let("kept", arguments.table(0, word));
      for (int u = 0; u < transformed.length; u++) {
        Var index = code.let("index", arguments.table(u * kernel.block.width(), numbers.get("order").plus(v)));
        Expr target = numbers.get("output").plus(map.coefficient(place.slab(), index, place.block(), place.lane()));
        Expr value = transformed[u].get();
        if (kernel.exact) {
          code.store(arguments.scratch(), target, index.lessThan(kept).select(value, Expr.f32(0)));
        } else {
          code.when(index.lessThan(kept), then -> then.store(arguments.scratch(), target, value));
        }
      }
    }
  }
}
