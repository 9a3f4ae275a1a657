package dev.lowpass.codegen.cpu.kernel.product;

import static dev.lowpass.codegen.plan.value.Layout.LANES;

import dev.lowpass.codegen.emit.RegisterPool;
import dev.lowpass.codegen.tir.Buffer;
import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.codegen.tir.Register;
import dev.lowpass.codegen.tir.Var;
import dev.lowpass.codegen.tir.llvm.Bfloats;
import java.util.function.IntFunction;

/** A register tile of sums of rounded pairs, by row and vector of outputs; zero at first. */
public final class PairSums {
  private final Register[][] sums;

  public PairSums(Code code, int rows, int vectors) {
    this.sums = new Register[rows][vectors];
    for (Register[] ofRow : sums) {
      for (int v = 0; v < ofRow.length; v++) {
        ofRow[v] = code.register("sum", RegisterPool.VECTOR);
        code.add(ofRow[v].set(Expr.f32(0).broadcast(LANES)));
      }
    }
  }

  /**
   * Adds the products of one pair of channels.
   *
   * @param pair of {@code weights}, counted from the panel's first
   * @param ahead elements from weights to those to ask for; 0 for none
   * @param samples where a row's pair lies in {@code x}
   */
  public void add(Code code, Buffer weights, Expr pair, int ahead, Buffer x, IntFunction<Expr> samples) {
    Var[] weight = new Var[sums[0].length];
    for (int v = 0; v < weight.length; v++) {
      Expr at = pair.times(weight.length).plus(v).times(LANES);
      weight[v] = code.let("w" + v, weights.load(at, LANES));
      if (ahead > 0) {
        code.add(weights.prefetch(at.plus(ahead)));
      }
    }
    for (int r = 0; r < sums.length; r++) {
      Var sample = code.let("x" + r, x.load(samples.apply(r)).broadcast(LANES));
      for (int v = 0; v < weight.length; v++) {
        code.add(sums[r][v].set(Bfloats.dot(sums[r][v].get(), sample, weight[v])));
      }
    }
  }

  public Expr get(int row, int vector) {
    return sums[row][vector].get();
  }
}
