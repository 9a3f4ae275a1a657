package dev.lowpass.codegen.cuda;

import dev.lowpass.codegen.element.Vectors;
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
import dev.lowpass.codegen.tir.Var;
import dev.lowpass.runtime.tvm.DataType;

/**
 * An inverse transform with its epilogue: columns of a block into shared memory, then rows from there.
 *
 * @param columns those that are not known to be zero
 */
record InverseKernel(TransformStep step, BlockItems items, FrequencyColumns columns) implements DeviceKernel {
  static InverseKernel of(Parameters parameters, TransformStep step) {
    Layout.Coefficients input = (Layout.Coefficients) step.input().layout();
    FrequencyColumns columns = FrequencyColumns.of(parameters, input, step.keep().longest());
    return new InverseKernel(step, new BlockItems(input), columns);
  }

  @Override
  public Grid grid() {
    return items.grid();
  }

  @Override
  public void write(Code code, KernelMemory memory, Grid.Place place) {
    Buffer lines = items.lines(code);
    items.forEachLine(code, place, columns.count(), (body, v) -> column(body, memory, lines, place, v));
    code.barrier();
    items.forEachLine(code, place, items.map().block().height(), (body, i) -> row(body, memory, lines, place, i));
  }

  private void column(Code code, KernelMemory memory, Buffer lines, Grid.Place place, Expr v) {
    RegisterPool pool = new RegisterPool(code, DataType.F32);
    Register[] samples =
        columns.inverse(code, memory, pool, v, index -> memory.load(step.input(), items.coefficient(place, index)));
    for (int i = 0; i < samples.length; i++) {
      code.store(lines, items.at(Expr.i32(i), v, place), samples[i].get());
    }
  }

  private void row(Code code, KernelMemory memory, Buffer lines, Grid.Place place, Expr i) {
    RegisterPool pool = new RegisterPool(code, DataType.F32);
    Register[] coefficients = new Register[columns.count()];
    for (int v = 0; v < coefficients.length; v++) {
      coefficients[v] = pool.holding(lines.load(items.at(i, Expr.i32(v), place)));
    }
    Register[] samples = Butterfly.inverse(pool, coefficients, items.map().block().width());
    Var y = code.let("y", items.top(place).plus(i));
    Var left = code.let("left", items.left(place));
    boolean whole = new BlockGrid(items.map()).divides();
    for (int q = 0; q < samples.length; q++) {
      Expr x = left.plus(q);
      Expr at = items.sample(place, y, x);
      Expr sample = samples[q].get();
      if (whole) {
        store(code, memory, at, sample);
      } else {
        Expr inside = y.lessThan(items.map().height()).and(x.lessThan(items.map().width()));
        code.when(inside, then -> store(then, memory, at, sample));
      }
    }
  }

  private void store(Code code, KernelMemory memory, Expr at, Expr sample) {
    Expr total = step.residual().map(slot -> sample.plus(memory.load(slot, at))).orElse(sample);
    code.add(memory.store(step.output(), at, Vectors.apply(step.activation(), total)));
  }
}
