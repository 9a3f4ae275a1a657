package dev.lowpass.cli.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowpass.runtime.Tensor;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  private final Comparison comparison = new Comparison(1e-4);

  @Test
  void smallDifferencesPass() {
    assertThat(comparison.difference(floats(1, 1000.01f), floats(1, 1000))).isEmpty();
  }

  @Test
  void anElementThatIsFarOffPassesOnlyIfTheNormForgivesIt() {
    assertThat(comparison.difference(floats(0.01f, 1000), floats(0, 1000))).isEmpty();
    assertThat(comparison.difference(floats(1, 1000), floats(0, 1000)).orElseThrow()).contains("relative L2");
  }

  @Test
  void whatIsNotFiniteMustBeTheSame() {
    assertThat(comparison.difference(floats(Float.NaN), floats(Float.NaN))).isEmpty();
    assertThat(comparison.difference(floats(Float.NaN), floats(1))).isPresent();
    assertThat(comparison.difference(floats(1), floats(Float.POSITIVE_INFINITY))).isPresent();
  }

  @Test
  void shapesTypesAndIntegersMustBeTheSame() {
    assertThat(comparison.difference(floats(1, 2), Tensor.of(new float[] {1, 2}, 1, 2))).isPresent();
    assertThat(comparison.difference(floats(1), Tensor.of(new long[] {1}, 1))).isPresent();
    assertThat(comparison.difference(Tensor.of(new long[] {3}, 1), Tensor.of(new long[] {4}, 1))).isPresent();
  }

  @Test
  void zerosAreComparedAbsolutely() {
    assertThat(comparison.difference(floats(0, 0), floats(0, 0))).isEmpty();
    assertThat(comparison.difference(floats(0.1f, 0), floats(0, 0))).isPresent();
  }

  private static Tensor floats(float... values) {
    return Tensor.of(values, values.length);
  }
}
