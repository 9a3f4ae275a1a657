package dev.lowpass.codegen.cuda;

import static dev.lowpass.codegen.plan.value.Layout.LANES;

import dev.lowpass.codegen.element.Vectors;
import dev.lowpass.codegen.plan.step.BlockStep;
import dev.lowpass.codegen.plan.value.Layout;
import dev.lowpass.codegen.tir.Buffer;
import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.codegen.tir.Register;
import dev.lowpass.codegen.tir.Var;
import dev.lowpass.ir.op.Window;
import dev.lowpass.runtime.tvm.DataType;

/**
 * The outputs of a depthwise convolution, computed where the product behind it wants them: its map lies nowhere.
 *
 * @param weights where the parameters hold [slab][taps + 1][lane], the last of which is the bias
 */
record DepthwiseOperand(BlockStep step, int weights) implements Operand {
  private Layout.Slabbed map() {
    return step.input().slabbed();
  }

  private int width() {
    return step.output().slabbed().width();
  }

  @Override
  public int slabs() {
    return map().slabs();
  }

  @Override
  public int numbers() {
    return map().channels();
  }

  @Override
  public boolean isComputed() {
    return true;
  }

  @Override
  public float[] arranged(float[] projection, int outputs) {
    return new SampleOperand(step.input()).arranged(projection, outputs);
  }

  @Override
  public Row row(Code code, KernelMemory memory, Expr image, Expr position, Expr lane, Expr channels) {
    Window window = step.window();
    Var top = code.let("top", position.quotient(width()).times(window.stride(0)).minus(window.before(0)));
    Var left = code.let("left", position.remainder(width()).times(window.stride(1)).minus(window.before(1)));
    Var base = code.let("base", image.times(map().slabs() * map().rows() * LANES).plus(lane));
    return (inner, slab) -> {
      int taps = window.taps();
      Buffer parameters = memory.parameters(weights);
      Var near = inner.let("near", slab.min(slabs() - 1));
      Var own = inner.let("own", near.times((taps + 1) * LANES).plus(lane));
      Var start = inner.let("from", base.plus(near.times(map().rows() * LANES)));
      Register total = inner.register("total", DataType.F32.withLanes(VECTOR));
      inner.add(total.set(parameters.load(own.plus(taps * LANES), VECTOR)));
      int kernelWidth = window.kernel().get(1);
      for (int tap = 0; tap < taps; tap++) {
        Var y = inner.let("y", top.plus(tap / kernelWidth * window.dilations().get(0)));
        Var x = inner.let("x", left.plus(tap % kernelWidth * window.dilations().get(1)));
        Expr inside = y.atLeast(0).and(y.lessThan(map().height())).and(x.atLeast(0)).and(x.lessThan(map().width()));
        Expr at = start.plus(y.times(map().width()).plus(x).times(LANES));
        Expr weight = parameters.load(own.plus(tap * LANES), VECTOR);
        inner.when(
            inside,
            then -> {
              Expr sample = Vectors.apply(step.before(), memory.load(step.input(), at, VECTOR));
              then.add(total.add(sample.times(weight)));
            });
      }
      Var result = inner.let("d", Vectors.apply(step.after(), total.get()));
      return Operand.before(channels, slab.times(LANES).plus(lane), Operand.lanes(result));
    };
  }
}
