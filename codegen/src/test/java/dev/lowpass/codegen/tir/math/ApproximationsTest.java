package dev.lowpass.codegen.tir.math;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowpass.codegen.build.BuiltLibrary;
import dev.lowpass.codegen.tir.Buffer;
import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.codegen.tir.Function;
import dev.lowpass.codegen.tir.Stmt;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** The promised errors, over a dense sample of the domain. */
class ApproximationsTest {
  private static final int COUNT = 1 << 16;
  private static final int LANES = 16;

  @Test
  void exponential() {
    assertThat(worstUlp(Approximations::exp, Math::exp, 87)).isLessThanOrEqualTo(1);
  }

  @Test
  void sigmoid() {
    assertThat(worstUlp(Approximations::sigmoid, x -> 1 / (1 + Math.exp(-x)), 87)).isLessThanOrEqualTo(3);
  }

  @Test
  void hyperbolicTangent() {
    assertThat(worstUlp(Approximations::tanh, Math::tanh, 20)).isLessThanOrEqualTo(4);
  }

  @Test
  void errorFunction() {
    assertThat(worstUlp(Approximations::erf, ApproximationsTest::errorFunctionSeries, 3)).isLessThanOrEqualTo(8);
  }

  @Test
  void nothingOverflows() {
    float[] values = evaluated(Approximations::exp, 1000);
    assertThat(values[0]).isPositive().isLessThan(1.3e-38f);
    assertThat(values[COUNT - 1]).isFinite().isGreaterThan(2e38f);
  }

  /** Its power series, good for |x| up to 3 in float64. */
  private static double errorFunctionSeries(double x) {
    double sum = 0;
    double term = x;
    for (int k = 0; k < 100; k++) {
      sum += term / (2 * k + 1);
      term *= -x * x / (k + 1);
    }
    return sum * 2 / Math.sqrt(Math.PI);
  }

  private static float[] samples(double limit) {
    float[] x = new float[COUNT];
    for (int i = 0; i < COUNT; i++) {
      x[i] = (float) (limit * (2.0 * i / (COUNT - 1) - 1));
    }
    return x;
  }

  private static float[] evaluated(UnaryOperator<Expr> approximation, double limit) {
    Buffer x = Buffer.f32("x", COUNT);
    Buffer y = Buffer.f32("y", COUNT);
    Function kernel = Function.kernel("approximation", List.of(x, y), Code.of(code ->
        code.loop("i", COUNT / LANES, (row, i) ->
            row.store(y, i.times(LANES), approximation.apply(x.load(i.times(LANES), LANES))))));
    Buffer input = Buffer.f32("input", COUNT);
    Buffer output = Buffer.f32("output", COUNT);
    Function entry = Function.entry("lowpass_main", List.of(input, output),
        Stmt.call(kernel, List.of(input.address(0), output.address(0))));
    float[] result = new float[COUNT];
    BuiltLibrary.run(List.of(kernel, entry), samples(limit), result);
    return result;
  }

  private static double worstUlp(UnaryOperator<Expr> approximation, DoubleUnaryOperator exact, double limit) {
    float[] x = samples(limit);
    float[] y = evaluated(approximation, limit);
    double worst = 0;
    for (int i = 0; i < COUNT; i++) {
      double expected = exact.applyAsDouble(x[i]);
      worst = Math.max(worst, Math.abs(expected - y[i]) / Math.ulp((float) expected));
    }
    return worst;
  }
}
