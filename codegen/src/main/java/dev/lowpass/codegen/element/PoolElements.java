package dev.lowpass.codegen.element;

import dev.lowpass.codegen.plan.step.PoolStep;
import dev.lowpass.codegen.plan.value.Layout;
import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.codegen.tir.Register;
import dev.lowpass.ir.op.AveragePool;
import dev.lowpass.ir.op.GlobalAveragePool;
import dev.lowpass.ir.op.MaxPool;
import dev.lowpass.ir.op.Window;
import dev.lowpass.runtime.tvm.DataType;

/** Pooling; an item is one output of one slab, a vector of 16 channels. */
record PoolElements(PoolStep step, int lanes) implements ElementFunction {
  @Override
  public long count() {
    return step.output().layout().elements() / lanes;
  }

  @Override
  public void write(Code code, Memory memory, Expr index) {
    Layout.Slabbed output = step.output().slabbed();
    Layout.Slabbed input = step.input().slabbed();
    Expr vector = lanes == 1 ? index.floorDiv(Layout.LANES) : index;
    Expr lane = lanes == 1 ? index.floorMod(Layout.LANES) : Expr.i32(0);
    Expr base = vector.floorDiv(output.rows()).times(input.rows() * Layout.LANES).plus(lane);
    Expr position = vector.floorMod(output.rows());
    Register total = code.register("total", DataType.F32.withLanes(lanes));
    Expr result =
        switch (step.op()) {
          case GlobalAveragePool _ -> {
            mean(code, memory, total, base, input);
            yield total.get();
          }
          case AveragePool average -> {
            window(code, memory, total, base, position, average.window(), false);
            yield total.get().over(size(average, position).cast(DataType.F32).broadcast(lanes));
          }
          case MaxPool maximum -> {
            window(code, memory, total, base, position, maximum.window(), true);
            yield total.get();
          }
        };
    Expr target = lanes == 1 ? index : index.times(Layout.LANES);
    code.add(memory.store(step.output(), target, result));
  }

  private Expr load(Memory memory, Expr offset) {
    return memory.load(step.input(), offset, lanes);
  }

  private void mean(Code code, Memory memory, Register total, Expr base, Layout.Slabbed input) {
    // The first group of coefficients holds the means of the blocks.
    int rows = input.rowsOfGroup();
    code.add(total.set(Expr.f32(0)));
    code.loop(
        "row", rows, (body, row) -> body.add(total.add(load(memory, base.plus(row.times(Layout.LANES))))));
    code.add(total.set(total.get().times(1.0 / rows)));
  }

  private void window(
      Code code, Memory memory, Register total, Expr base, Expr position, Window window, boolean maximum) {
    Layout.Slabbed input = step.input().slabbed();
    int width = step.output().slabbed().width();
    code.add(total.set(Expr.f32(maximum ? -Float.MAX_VALUE : 0)));
    Expr top = position.floorDiv(width).times(window.stride(0)).minus(window.before(0));
    Expr left = position.floorMod(width).times(window.stride(1)).minus(window.before(1));
    code.loop(
        "dy",
        window.kernel().get(0),
        (rows, dy) ->
            rows.loop(
                "dx",
                window.kernel().get(1),
                (body, dx) -> {
                  Expr y = body.let("y", top.plus(dy.times(window.dilations().get(0))));
                  Expr x = body.let("x", left.plus(dx.times(window.dilations().get(1))));
                  Expr inside =
                      y.atLeast(0).and(y.lessThan(input.height())).and(x.atLeast(0)).and(x.lessThan(input.width()));
                  body.when(
                      inside,
                      then -> {
                        Expr value = load(memory, base.plus(y.times(input.width()).plus(x).times(Layout.LANES)));
                        then.add(maximum ? total.set(value.max(total.get())) : total.add(value));
                      });
                }));
  }

  /** How many positions count: those on the map, or those on the padded map. */
  private Expr size(AveragePool pool, Expr position) {
    Layout.Slabbed input = step.input().slabbed();
    int width = step.output().slabbed().width();
    Expr rows = counted(pool, position.floorDiv(width), 0, input.height());
    Expr columns = counted(pool, position.floorMod(width), 1, input.width());
    return rows.times(columns);
  }

  /** Along one axis. A window of a ceil-mode pool may reach beyond the pads; what lies there does not even count. */
  private static Expr counted(AveragePool pool, Expr output, int axis, int extent) {
    Window window = pool.window();
    int dilation = window.dilations().get(axis);
    Expr start = output.times(window.stride(axis)).minus(window.before(axis));
    int end = pool.countPads() ? extent + window.pads().get(axis + 2) : extent;
    Expr inside = taps(Expr.i32(end).minus(start), dilation).min(window.kernel().get(axis));
    return pool.countPads() ? inside : inside.minus(taps(start.negate(), dilation));
  }

  /** How many taps, {@code dilation} apart, lie in the first {@code length} positions; none where that is negative. */
  private static Expr taps(Expr length, int dilation) {
    // TVM's floor division is to be trusted only where it can tell that nothing is negative.
    return length.max(0).plus(dilation - 1).floorDiv(dilation);
  }
}
