package dev.lowpass.codegen.element;

import dev.lowpass.codegen.plan.step.ConvolutionStep;
import dev.lowpass.codegen.plan.value.Layout;
import dev.lowpass.codegen.plan.value.Slot;
import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.codegen.tir.Register;
import dev.lowpass.ir.op.Window;
import dev.lowpass.runtime.tvm.DataType;
import java.util.List;

/** A convolution with any groups, one output at a time. Weights are in the operator's own order. */
record ConvolveElements(ConvolutionStep step, int weights, int bias) implements ElementFunction {
  @Override
  public long count() {
    return step.output().layout().elements();
  }

  @Override
  public void write(Code code, Memory memory, Expr index) {
    Layout.Slabbed output = step.output().slabbed();
    Slot input = step.input();
    Window window = step.window();
    int channels = input.shape().dim(1) / step.groups();
    int taps = window.kernel().get(0) * window.kernel().get(1);
    Expr lane = index.floorMod(Layout.LANES);
    Expr row = index.floorDiv(Layout.LANES).floorMod(output.rows());
    Expr slab = index.floorDiv(Layout.LANES * output.rows());
    Expr wanted = slab.floorMod(output.slabs()).times(Layout.LANES).plus(lane);
    Expr channel = code.let("channel", wanted.min(output.channels() - 1));
    Expr image = slab.floorDiv(output.slabs());
    Expr first = channel.floorDiv(output.channels() / step.groups()).times(channels);
    Expr top = row.floorDiv(output.width()).times(window.stride(0)).minus(window.before(0));
    Expr left = row.floorMod(output.width()).times(window.stride(1)).minus(window.before(1));
    Register total = code.register("total", DataType.F32);
    code.add(total.set(memory.parameter(bias, channel)));
    code.loop(
        "c",
        channels,
        (over, c) ->
            over.loop(
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
                              y.atLeast(0)
                                  .and(y.lessThan(input.shape().dim(2)))
                                  .and(x.atLeast(0))
                                  .and(x.lessThan(input.shape().dim(3)));
                          body.when(
                              inside,
                              then -> {
                                List<Expr> at = List.of(image, first.plus(c), y, x);
                                Expr sample = memory.load(input, Addressing.offset(input.layout(), input.shape(), at));
                                Expr tap = dy.times(window.kernel().get(1)).plus(dx);
                                Expr weight = channel.times(channels).plus(c).times(taps).plus(tap);
                                then.add(total.add(sample.times(memory.parameter(weights, weight))));
                              });
                        })));
    Expr value = total.get();
    if (step.residual().isPresent()) {
      value = value.plus(memory.load(step.residual().orElseThrow(), index));
    }
    code.add(memory.store(step.output(), index, Vectors.apply(step.activation(), value)));
  }
}
