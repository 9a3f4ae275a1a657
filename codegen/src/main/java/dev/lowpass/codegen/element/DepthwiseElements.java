package dev.lowpass.codegen.element;

import static dev.lowpass.codegen.plan.value.Layout.LANES;

import dev.lowpass.codegen.plan.step.DepthwiseStep;
import dev.lowpass.codegen.plan.value.Layout;
import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.codegen.tir.Register;
import dev.lowpass.ir.op.Window;
import dev.lowpass.runtime.tvm.DataType;

/**
 * A depthwise convolution from samples to samples; an item is one output of {@code lanes} neighbouring channels, 16 or
 * 1.
 *
 * @param weights offset in the parameters of [slab][taps + 1][lane], the last of which is the bias
 */
record DepthwiseElements(DepthwiseStep step, int weights, int lanes) implements ElementFunction {
  DepthwiseElements {
    if (step.expansion().isPresent() || step.input().isCoefficients() || step.output().isCoefficients()) {
      throw new IllegalArgumentException(step.name() + " has more than a depthwise convolution");
    }
  }

  @Override
  public long count() {
    return step.output().layout().elements() / lanes;
  }

  @Override
  public void write(Code code, Memory memory, Expr index) {
    Layout.Slabbed output = step.output().slabbed();
    Layout.Slabbed input = step.input().slabbed();
    Window window = step.window();
    int kernelWidth = window.kernel().get(1);
    int taps = window.kernel().get(0) * kernelWidth;
    Expr vector = lanes == 1 ? index.floorDiv(LANES) : index;
    Expr lane = lanes == 1 ? index.floorMod(LANES) : Expr.i32(0);
    Expr slab = code.let("slab", vector.floorDiv(output.rows()));
    Expr row = vector.floorMod(output.rows());
    Expr top = code.let("top", row.floorDiv(output.width()).times(window.stride(0)).minus(window.before(0)));
    Expr left = code.let("left", row.floorMod(output.width()).times(window.stride(1)).minus(window.before(1)));
    Expr weight = code.let("weight", slab.floorMod(output.slabs()).times((taps + 1) * LANES).plus(lane).plus(weights));
    Expr base = code.let("base", slab.times(input.rows() * LANES).plus(lane));
    Register total = code.register("total", DataType.F32.withLanes(lanes));
    code.add(total.set(memory.parameters().load(weight.plus(taps * LANES), lanes)));
    code.loop(
        "dy",
        window.kernel().get(0),
        (rows, dy) ->
            rows.loop(
                "dx",
                kernelWidth,
                (body, dx) -> {
                  Expr y = body.let("y", top.plus(dy.times(window.dilations().get(0))));
                  Expr x = body.let("x", left.plus(dx.times(window.dilations().get(1))));
                  Expr inside =
                      y.atLeast(0).and(y.lessThan(input.height())).and(x.atLeast(0)).and(x.lessThan(input.width()));
                  body.when(
                      inside,
                      then -> {
                        Expr at = base.plus(y.times(input.width()).plus(x).times(LANES));
                        Expr sample = Vectors.apply(step.before(), memory.load(step.input(), at, lanes));
                        Expr tap = dy.times(kernelWidth).plus(dx).times(LANES);
                        then.add(total.add(sample.times(memory.parameters().load(weight.plus(tap), lanes))));
                      });
                }));
    Expr result = Vectors.apply(step.after(), total.get());
    code.add(memory.store(step.output(), lanes == 1 ? index : index.times(LANES), result));
  }
}
