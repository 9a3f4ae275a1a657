package dev.lowpass.codegen.cuda;

import dev.lowpass.codegen.emit.Butterfly;
import dev.lowpass.codegen.emit.Packing;
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
 * A forward transform: rows of a block into shared memory, then columns from there, each channel up to its own band.
 *
 * @param columns those that are written
 * @param keep where they say how many coefficients every channel keeps
 */
record ForwardKernel(TransformStep step, BlockItems items, FrequencyColumns columns, int keep) implements DeviceKernel {
  static ForwardKernel of(Parameters parameters, TransformStep step) {
    Layout.Coefficients output = (Layout.Coefficients) step.output().layout();
    int level = step.exact() ? output.block().size() : step.keep().longest();
    FrequencyColumns columns = FrequencyColumns.of(parameters, output, level);
    return new ForwardKernel(step, new BlockItems(output), columns, parameters.add(Packing.slabs(step.keep())));
  }

  @Override
  public Grid grid() {
    return items.grid();
  }

  @Override
  public void write(Code code, KernelMemory memory, Grid.Place place) {
    Buffer lines = items.lines(code);
    items.forEachLine(code, place, items.map().block().height(), (body, i) -> row(body, memory, lines, place, i));
    code.barrier();
    items.forEachLine(code, place, columns.count(), (body, v) -> column(body, memory, lines, place, v));
  }

  private void row(Code code, KernelMemory memory, Buffer lines, Grid.Place place, Expr i) {
    // Blocks that reach beyond the map see its last row and column again.
    Var y = code.let("y", items.top(place).plus(i).min(items.map().height() - 1));
    Var left = code.let("left", items.left(place));
    RegisterPool pool = new RegisterPool(code, DataType.F32);
    Register[] samples = new Register[items.map().block().width()];
    for (int q = 0; q < samples.length; q++) {
      Expr x = left.plus(q).min(items.map().width() - 1);
      samples[q] = pool.holding(memory.load(step.input(), items.sample(place, y, x)));
    }
    Register[] transformed = Butterfly.forward(pool, samples, columns.count(), 1.0 / items.map().block().size());
    for (int v = 0; v < transformed.length; v++) {
      code.store(lines, items.at(i, Expr.i32(v), place), transformed[v].get());
    }
  }

  private void column(Code code, KernelMemory memory, Buffer lines, Grid.Place place, Expr v) {
    RegisterPool pool = new RegisterPool(code, DataType.F32);
    Register[] samples = new Register[items.map().block().height()];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = pool.holding(lines.load(items.at(Expr.i32(i), v, place)));
    }
    Var kept = code.let("kept", memory.parameters(keep).load(items.channel(place)).reinterpret(DataType.I32));
    columns.forward(
        code,
        memory,
        pool,
        v,
        samples,
        (index, value) -> {
          Expr target = items.coefficient(place, index);
          if (step.exact()) {
            code.add(memory.store(step.output(), target, index.lessThan(kept).select(value, Expr.f32(0))));
          } else {
            code.when(index.lessThan(kept), then -> then.add(memory.store(step.output(), target, value)));
          }
        });
  }
}
