package dev.lowpass.codegen.cuda;

import static dev.lowpass.codegen.plan.value.Layout.LANES;

import dev.lowpass.codegen.plan.value.Slot;
import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.codegen.tir.Register;
import dev.lowpass.codegen.tir.Var;
import dev.lowpass.ir.op.Window;
import dev.lowpass.runtime.tvm.DataType;

/**
 * What a convolution of a row-major map of few channels reads for one of its outputs, in the order of its weights: channel
 * by channel, tap by tap. Nothing of it lies in memory.
 *
 * @param width of the output map
 */
record GatheredOperand(Slot input, Window window, int width) implements Operand {
  private int taps() {
    return window.kernel().get(0) * window.kernel().get(1);
  }

  private int depth() {
    return input.shape().dim(1) * taps();
  }

  @Override
  public int slabs() {
    return Math.ceilDiv(depth(), LANES);
  }

  @Override
  public int numbers() {
    return depth();
  }

  @Override
  public boolean isComputed() {
    return true;
  }

  @Override
  public float[] arranged(float[] weights, int outputs) {
    float[] arranged = new float[Math.multiplyExact(outputs, slabs() * LANES)];
    for (int m = 0; m < outputs; m++) {
      System.arraycopy(weights, m * depth(), arranged, m * slabs() * LANES, depth());
    }
    return arranged;
  }

  @Override
  public Row row(Code code, KernelMemory memory, Expr image, Expr position, Expr lane, Expr channels) {
    Var top = code.let("top", position.quotient(width).times(window.stride(0)).minus(window.before(0)));
    Var left = code.let("left", position.remainder(width).times(window.stride(1)).minus(window.before(1)));
    return (inner, slab) -> {
      Expr[] numbers = new Expr[VECTOR];
      for (int i = 0; i < VECTOR; i++) {
        Var number = inner.let("number", slab.times(LANES).plus(lane).plus(i));
        numbers[i] = number(inner, memory, image, top, left, number);
      }
      return numbers;
    };
  }

  private Expr number(Code code, KernelMemory memory, Expr image, Expr top, Expr left, Expr number) {
    int height = input.shape().dim(2);
    int wide = input.shape().dim(3);
    int kernelWidth = window.kernel().get(1);
    Expr channel = number.quotient(taps());
    Expr tap = number.remainder(taps());
    Var y = code.let("y", top.plus(tap.quotient(kernelWidth).times(window.dilations().get(0))));
    Var x = code.let("x", left.plus(tap.remainder(kernelWidth).times(window.dilations().get(1))));
    Expr inside = y.atLeast(0).and(y.lessThan(height)).and(x.atLeast(0)).and(x.lessThan(wide));
    Expr plane = image.times(input.shape().dim(1)).plus(channel);
    Expr at = plane.times(height).plus(y).times(wide).plus(x);
    Register value = code.register("v", DataType.F32);
    code.add(value.set(Expr.f32(0)));
    code.when(number.lessThan(depth()).and(inside), then -> then.add(value.set(memory.load(input, at))));
    return code.let("n", value.get());
  }
}
