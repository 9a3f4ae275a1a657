package dev.lowpass.codegen.element;

import dev.lowpass.codegen.plan.step.NormalizeStep;
import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.codegen.tir.math.Approximations;
import dev.lowpass.codegen.tir.math.Intrinsics;
import dev.lowpass.runtime.tvm.DataType;

/**
 * Softmax; an item is one run along the axis, or as many neighbours as a vector has lanes. The maximum is subtracted
 * first, so that no exponential overflows. A run with NaN or infinity becomes NaN.
 */
record NormalizeRows(NormalizeStep step, Run run, Sweep sweep) implements ElementFunction {
  static NormalizeRows of(NormalizeStep step, int lanes) {
    Run run = new Run(step.output().shape(), step.axis());
    return new NormalizeRows(step, run, Sweep.of(run.pitch(), run.length(), lanes));
  }

  @Override
  public long count() {
    return run.count() / sweep.across();
  }

  @Override
  public long weight() {
    return 2L * Math.ceilDiv(run.length(), sweep.along());
  }

  @Override
  public void write(Code code, Memory memory, Expr index) {
    Expr start = code.let("start", run.first(index.times(sweep.across())));
    Accumulator most =
        new Accumulator(code, "most", DataType.F32, sweep, Double.NEGATIVE_INFINITY, (a, b) -> a.max(b));
    sweep.each(
        code,
        run.length(),
        (body, i, lanes) -> body.add(most.take(memory.load(step.input(), run.at(start, i), lanes))));
    Expr largest = most.get(code);
    Accumulator sum = new Accumulator(code, "sum", DataType.F32, sweep, 0, Expr::plus);
    sweep.each(
        code,
        run.length(),
        (body, i, lanes) -> {
          Expr at = body.let("at", run.at(start, i));
          Expr power = body.let("power", power(body, memory.load(step.input(), at, lanes).minus(largest)));
          body.add(memory.store(step.output(), at, power));
          body.add(sum.take(power));
        });
    Expr total = sum.get(code);
    Expr factor = code.let("factor", Expr.constant(total.type(), 1).over(total));
    sweep.each(
        code,
        run.length(),
        (body, i, lanes) -> {
          Expr at = body.let("at", run.at(start, i));
          body.add(memory.store(step.output(), at, memory.load(step.output(), at, lanes).times(factor)));
        });
  }

  /** The approximation is a number everywhere. */
  private static Expr power(Code code, Expr x) {
    Expr exponent = code.let("exponent", x);
    return Intrinsics.isNan(exponent).select(exponent, Approximations.exp(exponent));
  }
}
