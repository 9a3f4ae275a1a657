package dev.lowpass.codegen.gpu;

import static dev.lowpass.codegen.plan.Layout.LANES;

import dev.lowpass.codegen.element.Vectors;
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

/** An inverse transform with its epilogue, a work-group a block: columns into shared memory, then rows from there. */
record InverseLaunch(Step.Transform step, BlockGroups groups, int order) implements Launch {
  static Launch prepare(Parameters parameters, Step.Transform step) {
    BlockGroups groups = new BlockGroups(new BlockGrid((Layout.Coefficients) step.input().layout()));
    return new InverseLaunch(step, groups, parameters.add(groups.order()));
  }

  /** Coefficients that are not known to be zero. */
  private int level() {
    return Math.max(1, step.keep().longest());
  }

  @Override
  public void write(Code code, Arguments arguments) {
    Layout.Slabbed input = step.input().slabbed();
    groups.launch(
        code,
        input.batch() * input.slabs(),
        (body, place) -> {
          Buffer lines = body.buffer("lines", DataType.F32, groups.sharedElements(), Scope.SHARED);
          BlockGrid grid = groups.grid();
          int columns = grid.retainedColumns(level());
          groups.forEachLine(body, place, columns, (inner, v) -> column(inner, arguments, lines, place, v));
          body.barrier();
          groups.forEachLine(body, place, grid.height(), (inner, i) -> row(inner, arguments, lines, place, i));
        });
  }

  private void column(Code code, Arguments arguments, Buffer lines, BlockGroups.Place place, Expr v) {
    BlockGrid grid = groups.grid();
    RegisterPool pool = new RegisterPool(code, DataType.F32);
    Register[] coefficients = new Register[groups.longestColumn(level())];
    for (int u = 0; u < coefficients.length; u++) {
      Var index = code.let("index", arguments.table(order, v.plus(u * grid.width())));
      Expr row = place.slab().times(grid.size()).plus(index).times(grid.blocks()).plus(place.block());
      Expr value = arguments.load(step.input(), row.times(LANES).plus(place.lane()));
      coefficients[u] = pool.holding(index.lessThan(level()).ifThenElse(value, Expr.f32(0)));
    }
    Register[] samples = Butterfly.inverse(pool, coefficients, grid.height());
    for (int i = 0; i < samples.length; i++) {
      code.store(lines, groups.at(Expr.i32(i), v, place.lane()), samples[i].get());
    }
  }

  private void row(Code code, Arguments arguments, Buffer lines, BlockGroups.Place place, Expr i) {
    BlockGrid grid = groups.grid();
    Layout.Coefficients map = grid.layout();
    RegisterPool pool = new RegisterPool(code, DataType.F32);
    Register[] coefficients = new Register[grid.retainedColumns(level())];
    for (int v = 0; v < coefficients.length; v++) {
      coefficients[v] = pool.holding(lines.load(groups.at(i, Expr.i32(v), place.lane())));
    }
    Register[] samples = Butterfly.inverse(pool, coefficients, grid.width());
    Var y = code.let("y", place.block().floorDiv(grid.blockColumns()).times(grid.height()).plus(i));
    Var left = code.let("left", place.block().floorMod(grid.blockColumns()).times(grid.width()));
    for (int q = 0; q < samples.length; q++) {
      Expr x = left.plus(q);
      Expr at = place.slab().times(map.height()).plus(y).times(map.width()).plus(x).times(LANES).plus(place.lane());
      Expr sample = samples[q].get();
      if (grid.divides()) {
        store(code, arguments, at, sample);
      } else {
        code.when(
            y.lessThan(map.height()).and(x.lessThan(map.width())), then -> store(then, arguments, at, sample));
      }
    }
  }

  private void store(Code code, Arguments arguments, Expr at, Expr sample) {
    Expr total = step.residual().map(residual -> sample.plus(arguments.load(residual, at))).orElse(sample);
    code.add(arguments.store(step.output(), at, Vectors.apply(step.activation(), total)));
  }
}
