package dev.lowpass.codegen.element;

import dev.lowpass.codegen.plan.step.ResizeStep;
import dev.lowpass.codegen.plan.value.Layout;
import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.codegen.tir.Register;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.op.Taps;
import dev.lowpass.runtime.tvm.DataType;
import java.util.List;

/** Resampling; an item is one output, of 16 channels at once where they are in slabs and {@code lanes} says so. */
record ResizeElements(ResizeStep step, AxisTables vertical, AxisTables horizontal, int lanes)
    implements ElementFunction {
  private boolean isSlabbed() {
    return step.output().layout() instanceof Layout.Slabbed;
  }

  /** Neighbouring elements of memory that are one position of the map. */
  private int pitch() {
    return isSlabbed() ? Layout.LANES : 1;
  }

  private int vector() {
    return isSlabbed() ? lanes : 1;
  }

  /** Whether every output is one input, as the nearest is. */
  private static boolean copies(Taps taps) {
    return taps.sums().stream().allMatch(sum -> sum.weights().equals(List.of(1.0)));
  }

  @Override
  public long count() {
    return step.output().layout().elements() / vector();
  }

  @Override
  public void write(Code code, Memory memory, Expr index) {
    Shape from = step.input().shape();
    Shape to = step.output().shape();
    int itemsOfPosition = pitch() / vector();
    Expr place = index.floorDiv(itemsOfPosition);
    Expr lane = itemsOfPosition == 1 ? Expr.i32(0) : index.floorMod(itemsOfPosition);
    Expr row = code.let("row", place.floorDiv(to.dim(3)).floorMod(to.dim(2)));
    Expr column = code.let("column", place.floorMod(to.dim(3)));
    Expr plane = place.floorDiv(to.dim(2) * to.dim(3)).times(from.dim(2) * from.dim(3));
    Expr top = memory.table(vertical.first(), row);
    Expr left = memory.table(horizontal.first(), column);
    Expr corner = code.let("corner", plane.plus(top.times(from.dim(3))).plus(left));
    if (copies(step.vertical()) && copies(step.horizontal())) {
      Expr source = corner.times(pitch()).plus(lane);
      code.add(memory.store(step.output(), index.times(vector()), memory.load(step.input(), source, vector())));
      return;
    }
    Register total = code.register("total", DataType.F32.withLanes(vector()));
    code.add(total.set(Expr.f32(0)));
    code.loop(
        "dy",
        vertical.taps(),
        (rows, dy) -> {
          Register sum = rows.register("sum", DataType.F32.withLanes(vector()));
          rows.add(sum.set(Expr.f32(0)));
          rows.loop(
              "dx",
              horizontal.taps(),
              (body, dx) -> {
                Expr at = corner.plus(dy.times(from.dim(3))).plus(dx).times(pitch()).plus(lane);
                Expr weight = memory.parameter(horizontal.weights(), column.times(horizontal.taps()).plus(dx));
                body.add(sum.add(memory.load(step.input(), at, vector()).times(weight)));
              });
          Expr weight = memory.parameter(vertical.weights(), row.times(vertical.taps()).plus(dy));
          rows.add(total.add(sum.get().times(weight)));
        });
    code.add(memory.store(step.output(), index.times(vector()), total.get()));
  }
}
