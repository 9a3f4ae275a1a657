package dev.lowpass.codegen.cuda;

import static dev.lowpass.codegen.plan.value.Layout.LANES;

import dev.lowpass.codegen.tir.Buffer;
import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.codegen.tir.Register;
import dev.lowpass.codegen.tir.Var;
import dev.lowpass.ir.op.Window;
import java.util.function.IntConsumer;

/**
 * What one row of a depthwise kernel gives to neighbouring outputs of four channels, which share most of what they read.
 *
 * @param weights of the row's taps
 * @param sums of the outputs
 */
record DepthwiseRow(Window window, Var[] weights, Register[] sums) {
  /**
   * With the row's weights.
   *
   * @param from where {@code taps} has the first of them
   */
  static DepthwiseRow of(Code code, Window window, Buffer taps, Expr from, Register[] sums) {
    Var[] weights = new Var[window.kernel().get(1)];
    for (int dx = 0; dx < weights.length; dx++) {
      weights[dx] = code.let("w", taps.load(from.plus(dx * LANES), Operand.VECTOR));
    }
    return new DepthwiseRow(window, weights, sums);
  }

  /** The columns that some output reads, counted from the first that one does. */
  void forEachColumn(IntConsumer body) {
    int reach = (sums.length - 1) * window.stride(1) + window.reach(1);
    for (int q = 0; q < reach; q++) {
      for (int i = 0; i < sums.length; i++) {
        if (isRead(q, i)) {
          body.accept(q);
          break;
        }
      }
    }
  }

  /** Adds what the sample in column {@code q} gives. */
  void add(Code code, int q, Expr sample) {
    for (int i = 0; i < sums.length; i++) {
      if (isRead(q, i)) {
        code.add(sums[i].add(sample.times(weights[tap(q, i)])));
      }
    }
  }

  /** Whether output {@code i} reads column {@code q}. */
  private boolean isRead(int q, int i) {
    int offset = q - i * window.stride(1);
    return offset >= 0 && offset % window.dilations().get(1) == 0 && tap(q, i) < weights.length;
  }

  private int tap(int q, int i) {
    return (q - i * window.stride(1)) / window.dilations().get(1);
  }
}
