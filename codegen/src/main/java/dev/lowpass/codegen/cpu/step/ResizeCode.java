package dev.lowpass.codegen.cpu.step;

import dev.lowpass.codegen.cpu.kernel.BuiltKernel;
import dev.lowpass.codegen.cpu.kernel.map.ResizeKernel;
import dev.lowpass.codegen.cpu.work.Entry;
import dev.lowpass.codegen.cpu.work.StepCode;
import dev.lowpass.codegen.cpu.work.Workshop;
import dev.lowpass.codegen.cpu.work.WorthSharing;
import dev.lowpass.codegen.element.AxisTables;
import dev.lowpass.codegen.emit.ResizeTables;
import dev.lowpass.codegen.plan.step.ResizeStep;
import dev.lowpass.codegen.plan.value.Layout;
import dev.lowpass.codegen.plan.value.Slot;
import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.ir.Shape;
import dev.lowpass.passes.machine.Machine;
import dev.lowpass.runtime.tvm.DataType;

/** Pictures on another grid: a task is some rows of one plane. */
public final class ResizeCode {
  /** Outputs side by side: the more, the larger a part of what is multiplied is zero. As measured, half a slab. */
  private static final int MOST_LANES = Layout.LANES / 2;

  /** Outputs below each other: as many sums as hide the time that each takes, with registers to spare. */
  private static final int MOST_ROWS = 8;

  private final ResizeStep step;
  private final AxisTables vertical;
  private final AxisTables horizontal;
  private final BuiltKernel<ResizeKernel.Call> whole;
  private final int rows;
  private final BuiltKernel<ResizeKernel.Call> last;

  private ResizeCode(Workshop workshop, ResizeStep step) {
    int lanes = lanes(workshop.machine());
    this.step = step;
    this.vertical = ResizeTables.add(workshop.parameters(), step.vertical());
    this.horizontal = ResizeTables.addBlocks(workshop.parameters(), step.horizontal(), lanes);
    int height = step.output().shape().dim(2);
    this.rows = Math.min(height, MOST_ROWS);
    ResizeKernel kernel =
        new ResizeKernel(
            step.input().shape().dim(3),
            step.output().shape().dim(3),
            rows,
            vertical.taps(),
            horizontal.taps(),
            lanes);
    this.whole = workshop.kernel("resize", kernel);
    this.last = workshop.kernel("resize", kernel.withRows((height - 1) % rows + 1));
    workshop.needPrivate(kernel.scratchElements());
  }

  /** Whether the kernel is for such maps: row-major, and neither narrower than a vector. */
  public static boolean suits(ResizeStep step, Machine machine) {
    boolean wide = Math.min(step.horizontal().inputs(), step.horizontal().outputs()) >= lanes(machine);
    return wide && step.output().layout() instanceof Layout.RowMajor && step.input().home() != Slot.Home.CONSTANT;
  }

  private static int lanes(Machine machine) {
    return Math.min(MOST_LANES, machine.lanes());
  }

  public static StepCode prepare(Workshop workshop, ResizeStep step) {
    return new ResizeCode(workshop, step)::write;
  }

  private void write(Code code, Entry entry) {
    Shape from = step.input().shape();
    Shape to = step.output().shape();
    int parts = Math.ceilDiv(to.dim(2), rows);
    entry.deal(
        code,
        to.dim(0) * to.dim(1) * parts,
        WorthSharing.CONVOLUTION.deal(step.multiplyAdds()),
        (body, task, _) -> {
          Expr plane = body.let("plane", task.floorDiv(parts));
          Expr part = body.let("part", task.floorMod(parts));
          Expr x = entry.address(step.input(), plane.times(from.dim(2) * from.dim(3)));
          Expr y = entry.address(step.output(), plane.times(to.dim(2) * to.dim(3)));
          if (last.equals(whole)) {
            call(whole, entry, x, y, part).in(body);
          } else {
            body.when(
                part.lessThan(parts - 1),
                call(whole, entry, x, y, part)::in,
                call(last, entry, x, y, part)::in);
          }
        });
  }

  private ResizeKernel.Call call(
      BuiltKernel<ResizeKernel.Call> kernel, Entry entry, Expr x, Expr y, Expr part) {
    return kernel
        .call()
        .x(x)
        .vertical(table(entry, vertical.first()), parameter(entry, vertical.weights()))
        .horizontal(table(entry, horizontal.first()), parameter(entry, horizontal.weights()))
        .scratch(entry.privateAddress(entry.worker(), 0))
        .y(y)
        .row(part.times(rows));
  }

  private static Expr parameter(Entry entry, int offset) {
    return entry.parameter(Expr.i32(offset));
  }

  private static Expr table(Entry entry, int offset) {
    return parameter(entry, offset).pointingTo(DataType.I32);
  }
}
