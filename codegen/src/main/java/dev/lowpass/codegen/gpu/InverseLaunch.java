package dev.lowpass.codegen.gpu;

import dev.lowpass.codegen.element.Vectors;
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
import dev.lowpass.ir.op.Elementwise;
import dev.lowpass.runtime.tvm.DataType;
import java.util.List;

/** An inverse transform with its epilogue, a work-group a block: columns into shared memory, then rows from there. */
record InverseLaunch(TransformStep step, Kernel kernel, int order, int level) implements Launch {
  static Launch prepare(Parameters parameters, TransformStep step) {
    BlockGrid grid = new BlockGrid((Layout.Coefficients) step.input().layout());
    int level = Math.max(1, step.keep().longest());
    Kernel kernel =
        new Kernel(
            grid.layout().block(),
            grid.retainedColumns(level),
            grid.retainedRows(level),
            grid.divides(),
            step.residual().isPresent(),
            step.activation());
    return new InverseLaunch(step, kernel, parameters.add(grid.order()), level);
  }

  @Override
  public LaunchNumbers<Integer> numbers(Arguments arguments) {
    return BlockMap.numbers((Layout.Coefficients) step.input().layout())
        .with("input", arguments.start(step.input()))
        .with("residual", arguments.start(step.residual().orElse(step.output())))
        .with("output", arguments.start(step.output()))
        .with("order", order)
        .with("level", level);
  }

  @Override
  public void write(Code code, Arguments arguments, LaunchNumbers<Expr> numbers) {
    new Writer(kernel, arguments, new BlockMap(kernel.block, numbers), numbers).write(code);
  }

  /**
   * @param columns horizontal frequencies that are not known to be zero
   * @param rows vertical frequencies that are not known to be zero
   * @param whole whether blocks divide the map
   */
  record Kernel(
      Block block, int columns, int rows, boolean whole, boolean residual, List<Elementwise> activation) {}

  private record Writer(Kernel kernel, Arguments arguments, BlockMap map, LaunchNumbers<Expr> numbers) {
    void write(Code code) {
      BlockGroups groups = new BlockGroups(kernel.block);
      groups.launch(
          code,
          map.slabs(),
          map.blocks(),
          (body, place) -> {
            Buffer lines = body.buffer("lines", DataType.F32, groups.sharedElements(), Scope.SHARED);
            groups.forEachLine(body, place, kernel.columns, (inner, v) -> column(inner, groups, lines, place, v));
            body.barrier();
            groups.forEachLine(body, place, kernel.block.height(), (inner, i) -> row(inner, groups, lines, place, i));
          });
    }

    private void column(Code code, BlockGroups groups, Buffer lines, BlockGroups.Place place, Expr v) {
      RegisterPool pool = new RegisterPool(code, DataType.F32);
      Register[] coefficients = new Register[kernel.rows];
      for (int u = 0; u < coefficients.length; u++) {
        Var index = code.let("index", arguments.table(u * kernel.block.width(), numbers.get("order").plus(v)));
        Expr at = numbers.get("input").plus(map.coefficient(place.slab(), index, place.block(), place.lane()));
        Expr value = arguments.scratch().load(at);
        coefficients[u] = pool.holding(index.lessThan(numbers.get("level")).ifThenElse(value, Expr.f32(0)));
      }
      Register[] samples = Butterfly.inverse(pool, coefficients, kernel.block.height());
      for (int i = 0; i < samples.length; i++) {
        code.store(lines, groups.at(Expr.i32(i), v, place), samples[i].get());
      }
    }

    private void row(Code code, BlockGroups groups, Buffer lines, BlockGroups.Place place, Expr i) {
      RegisterPool pool = new RegisterPool(code, DataType.F32);
      Register[] coefficients = new Register[kernel.columns];
      for (int v = 0; v < coefficients.length; v++) {
        coefficients[v] = pool.holding(lines.load(groups.at(i, Expr.i32(v), place)));
      }
      Register[] samples = Butterfly.inverse(pool, coefficients, kernel.block.width());
      Var y = code.let("y", map.top(place.block()).plus(i));
      Var left = code.let("left", map.left(place.block()));
      for (int q = 0; q < samples.length; q++) {
        Expr x = left.plus(q);
        Expr at = map.sample(place.slab(), y, x, place.lane());
        Expr sample = samples[q].get();
        if (kernel.whole) {
          store(code, at, sample);
        } else {
          code.when(y.lessThan(map.height()).and(x.lessThan(map.width())), then -> store(then, at, sample));
        }
      }
    }

    private void store(Code code, Expr at, Expr sample) {
      Expr total = kernel.residual ? sample.plus(arguments.scratch().load(numbers.get("residual").plus(at))) : sample;
      code.store(arguments.scratch(), numbers.get("output").plus(at), Vectors.apply(kernel.activation, total));
    }
  }
}
