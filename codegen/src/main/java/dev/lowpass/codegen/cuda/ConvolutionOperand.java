package dev.lowpass.codegen.cuda;

import static dev.lowpass.codegen.plan.value.Layout.LANES;

import dev.lowpass.codegen.plan.value.Layout;
import dev.lowpass.codegen.plan.value.Slot;
import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.codegen.tir.Register;
import dev.lowpass.codegen.tir.Var;
import dev.lowpass.ir.op.Window;
import dev.lowpass.runtime.tvm.DataType;

/**
 * What a convolution reads for one of its outputs, tap by tap: the channels of one position after those of another, zeros
 * where a tap is beyond the border. Nothing of it lies in memory.
 *
 * @param width of the output map
 */
record ConvolutionOperand(Slot input, Window window, int width) implements Operand {
  private Layout.Slabbed map() {
    return input.slabbed();
  }

  private int taps() {
    return window.kernel().get(0) * window.kernel().get(1);
  }

  @Override
  public int slabs() {
    return taps() * map().slabs();
  }

  @Override
  public int numbers() {
    return slabs() * LANES;
  }

  @Override
  public boolean isComputed() {
    return false;
  }

  @Override
  public float[] arranged(float[] weights, int outputs) {
    int channels = map().channels();
    int depth = slabs() * LANES;
    float[] arranged = new float[Math.multiplyExact(outputs, depth)];
    for (int m = 0; m < outputs; m++) {
      for (int c = 0; c < channels; c++) {
        for (int tap = 0; tap < taps(); tap++) {
          arranged[m * depth + tap * map().slabs() * LANES + c] = weights[(m * channels + c) * taps() + tap];
        }
      }
    }
    return arranged;
  }

  @Override
  public Row row(Code code, KernelMemory memory, Expr image, Expr position, Expr lane, Expr channels) {
    Var top = code.let("top", position.quotient(width).times(window.stride(0)).minus(window.before(0)));
    Var left = code.let("left", position.remainder(width).times(window.stride(1)).minus(window.before(1)));
    Var base = code.let("base", image.times(map().slabs() * map().rows() * LANES).plus(lane));
    return (inner, slab) -> {
      Var tap = inner.let("tap", slab.quotient(map().slabs()));
      Var part = inner.let("part", slab.remainder(map().slabs()));
      int kernelWidth = window.kernel().get(1);
      Var y = inner.let("y", top.plus(tap.quotient(kernelWidth).times(window.dilations().get(0))));
      Var x = inner.let("x", left.plus(tap.remainder(kernelWidth).times(window.dilations().get(1))));
      Expr inside = tap.lessThan(taps()).and(y.atLeast(0)).and(y.lessThan(map().height())).and(x.atLeast(0)).and(x.lessThan(map().width()));
      Expr at = base.plus(part.times(map().rows()).plus(y.times(map().width())).plus(x).times(LANES));
      Register vector = inner.register("v", DataType.F32.withLanes(VECTOR));
      inner.add(vector.set(Expr.f32(0).broadcast(VECTOR)));
      inner.when(inside, then -> then.add(vector.set(memory.load(input, at, VECTOR))));
      Expr[] lanes = Operand.lanes(inner.let("l", vector.get()));
      boolean whole = map().channels() % LANES == 0;
      return whole ? lanes : Operand.before(Expr.i32(map().channels()), part.times(LANES).plus(lane), lanes);
    };
  }
}
