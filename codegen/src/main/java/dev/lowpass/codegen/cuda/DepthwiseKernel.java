package dev.lowpass.codegen.cuda;

import static dev.lowpass.codegen.plan.value.Layout.LANES;

import dev.lowpass.codegen.element.Vectors;
import dev.lowpass.codegen.emit.Packing;
import dev.lowpass.codegen.emit.Parameters;
import dev.lowpass.codegen.plan.step.DepthwiseStep;
import dev.lowpass.codegen.plan.value.Layout;
import dev.lowpass.codegen.tir.Buffer;
import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.codegen.tir.Register;
import dev.lowpass.codegen.tir.Var;
import dev.lowpass.ir.op.Window;
import dev.lowpass.runtime.tvm.DataType;

/**
 * A depthwise convolution of samples. An item computes four channels of neighbouring outputs of a row, which share most of
 * what they read: it is loaded once, row by row of the kernel.
 *
 * @param weights where the parameters hold [slab][taps + 1][lane], the last of which is the bias
 */
record DepthwiseKernel(DepthwiseStep step, int weights) implements DeviceKernel {
  private static final int VECTOR = Operand.VECTOR;
  private static final int COLUMNS = 4;

  static DepthwiseKernel of(Parameters parameters, DepthwiseStep step) {
    int channels = step.channels();
    int taps = step.weight().count() / channels;
    float[] packed = Packing.taps(step.weight().floats(), step.bias().floats(), channels, taps);
    return new DepthwiseKernel(step, parameters.add(packed));
  }

  private Layout.Slabbed output() {
    return step.output().slabbed();
  }

  private Layout.Slabbed input() {
    return step.input().slabbed();
  }

  private int strips() {
    return Math.ceilDiv(output().width(), COLUMNS);
  }

  private long count() {
    return (long) output().batch() * output().slabs() * output().height() * strips() * (LANES / VECTOR);
  }

  @Override
  public Grid grid() {
    return Grid.line(count());
  }

  @Override
  public void write(Code code, KernelMemory memory, Grid.Place place) {
    Var item = code.let("item", place.number(grid()));
    if (count() % grid().items().x() == 0) {
      strip(code, memory, item);
    } else {
      code.when(item.lessThan(count()), then -> strip(then, memory, item));
    }
  }

  private void strip(Code code, KernelMemory memory, Expr item) {
    Window window = step.window();
    Expr lane = item.remainder(LANES / VECTOR).times(VECTOR);
    Expr strip = item.quotient(LANES / VECTOR);
    Var left = code.let("left", strip.remainder(strips()).times(COLUMNS));
    Var row = code.let("row", strip.quotient(strips()).remainder(output().height()));
    Var slab = code.let("slab", strip.quotient(strips() * output().height()));
    Buffer parameters = memory.parameters(weights);
    Expr part = slab.remainder(output().slabs()).times((window.taps() + 1) * LANES);
    Var own = code.let("own", part.plus(lane));
    Register[] sums = new Register[COLUMNS];
    Var bias = code.let("bias", parameters.load(own.plus(window.taps() * LANES), VECTOR));
    for (int i = 0; i < COLUMNS; i++) {
      sums[i] = code.register("sum", DataType.F32.withLanes(VECTOR));
      code.add(sums[i].set(bias));
    }
    Var base = code.let("base", slab.times(input().rows() * LANES).plus(lane));
    Var x = code.let("x", left.times(window.stride(1)).minus(window.before(1)));
    code.loop(
        "dy",
        window.kernel().get(0),
        (body, dy) -> {
          Expr down = dy.times(window.dilations().get(0)).minus(window.before(0));
          Var y = body.let("y", row.times(window.stride(0)).plus(down));
          Expr from = base.plus(y.times(input().width()).plus(x).times(LANES));
          Var start = body.let("start", from);
          Var taps = body.let("taps", own.plus(dy.times(window.kernel().get(1) * LANES)));
          body.when(
              y.atLeast(0).and(y.lessThan(input().height())), then -> row(then, memory, sums, start, taps, x));
        });
    for (int i = 0; i < COLUMNS; i++) {
      Expr at = slab.times(output().height()).plus(row).times(output().width()).plus(left).plus(i);
      Var target = code.let("target", at.times(LANES).plus(lane));
      Expr value = Vectors.apply(step.after(), sums[i].get());
      if (output().width() % COLUMNS == 0) {
        code.add(memory.store(step.output(), target, value));
      } else {
        Expr inside = left.plus(i).lessThan(output().width());
        code.when(inside, then -> then.add(memory.store(step.output(), target, value)));
      }
    }
  }

  /** Adds what one row of the kernel gives. */
  private void row(Code code, KernelMemory memory, Register[] sums, Expr start, Expr taps, Expr x) {
    DepthwiseRow row = DepthwiseRow.of(code, step.window(), memory.parameters(weights), taps, sums);
    row.forEachColumn(
        column ->
            code.when(
                x.plus(column).atLeast(0).and(x.plus(column).lessThan(input().width())),
                then -> {
                  Expr loaded = memory.load(step.input(), start.plus(column * LANES), VECTOR);
                  row.add(then, column, then.let("s", Vectors.apply(step.before(), loaded)));
                }));
  }
}
