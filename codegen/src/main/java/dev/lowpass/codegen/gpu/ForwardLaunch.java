package dev.lowpass.codegen.gpu;

import static dev.lowpass.codegen.plan.Layout.LANES;

import dev.lowpass.codegen.emit.Arguments;
import dev.lowpass.codegen.emit.BlockGrid;
import dev.lowpass.codegen.emit.Butterfly;
import dev.lowpass.codegen.emit.Parameters;
import dev.lowpass.codegen.emit.RegisterPool;
import dev.lowpass.codegen.plan.Layout;
import dev.lowpass.codegen.plan.Step;
import dev.lowpass.codegen.tvm.Buffer;
import dev.lowpass.codegen.tvm.Code;
import dev.lowpass.codegen.tvm.Expr;
import dev.lowpass.codegen.tvm.Register;
import dev.lowpass.codegen.tvm.Scope;
import dev.lowpass.codegen.tvm.Var;
import dev.lowpass.runtime.tvm.DataType;

/** A forward transform, a work-group a block: rows into shared memory, then columns from there, each channel up to its own band. */
record ForwardLaunch(Step.Transform step, BlockGroups groups, int order, int keep) implements Launch {
  static Launch prepare(Parameters parameters, Step.Transform step) {
    BlockGroups groups = new BlockGroups(new BlockGrid((Layout.Coefficients) step.output().layout()));
    int[] keep = new int[step.output().slabbed().slabs() * LANES];
    for (int c = 0; c < step.keep().channels(); c++) {
      keep[c] = step.keep().of(c);
    }
    return new ForwardLaunch(step, groups, parameters.add(groups.order()), parameters.add(keep));
  }

  /** Coefficients that are written at all. */
  private int level() {
    return step.exact() ? groups.grid().size() : Math.max(1, step.keep().longest());
  }

  @Override
  public void write(Code code, Arguments arguments) {
    Layout.Slabbed output = step.output().slabbed();
    groups.launch(
        code,
        output.batch() * output.slabs(),
        (body, place) -> {
          Buffer lines = body.buffer("lines", DataType.F32, groups.sharedElements(), Scope.SHARED);
          BlockGrid grid = groups.grid();
          int columns = grid.retainedColumns(level());
          groups.forEachLine(body, place, grid.height(), (inner, i) -> row(inner, arguments, lines, place, i));
          body.barrier();
          groups.forEachLine(body, place, columns, (inner, v) -> column(inner, arguments, lines, place, v));
        });
  }

  private void row(Code code, Arguments arguments, Buffer lines, BlockGroups.Place place, Expr i) {
    BlockGrid grid = groups.grid();
    Layout.Coefficients map = grid.layout();
    // Blocks that reach beyond the map see its last row and column again.
    Expr y = place.block().floorDiv(grid.blockColumns()).times(grid.height()).plus(i).min(map.height() - 1);
    Expr left = place.block().floorMod(grid.blockColumns()).times(grid.width());
    Var base = code.let("base", place.slab().times(map.height()).plus(y).times(map.width()));
    RegisterPool pool = new RegisterPool(code, DataType.F32);
    Register[] samples = new Register[grid.width()];
    for (int q = 0; q < samples.length; q++) {
      Expr x = left.plus(q).min(map.width() - 1);
      samples[q] = pool.holding(arguments.load(step.input(), base.plus(x).times(LANES).plus(place.lane())));
    }
    Register[] transformed = Butterfly.forward(pool, samples, grid.retainedColumns(level()), 1.0 / grid.size());
    for (int v = 0; v < transformed.length; v++) {
      code.store(lines, groups.at(i, Expr.i32(v), place.lane()), transformed[v].get());
    }
  }

  private void column(Code code, Arguments arguments, Buffer lines, BlockGroups.Place place, Expr v) {
    BlockGrid grid = groups.grid();
    RegisterPool pool = new RegisterPool(code, DataType.F32);
    Register[] samples = new Register[grid.height()];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = pool.holding(lines.load(groups.at(Expr.i32(i), v, place.lane())));
    }
    Register[] transformed = Butterfly.forward(pool, samples, groups.longestColumn(level()), 1);
    Expr channel = place.slab().floorMod(step.output().slabbed().slabs()).times(LANES).plus(place.lane());
    Var kept = code.let("kept", arguments.table(keep, channel));
    for (int u = 0; u < transformed.length; u++) {
      Var index = code.let("index", arguments.table(order, v.plus(u * grid.width())));
      Expr row = place.slab().times(grid.size()).plus(index).times(grid.blocks()).plus(place.block());
      Expr target = row.times(LANES).plus(place.lane());
      Expr value = transformed[u].get();
      if (step.exact()) {
        code.add(arguments.store(step.output(), target, index.lessThan(kept).select(value, Expr.f32(0))));
      } else {
        code.when(index.lessThan(kept), then -> then.add(arguments.store(step.output(), target, value)));
      }
    }
  }
}
