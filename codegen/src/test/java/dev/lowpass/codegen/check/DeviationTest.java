package dev.lowpass.codegen.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowpass.ir.Tensor;
import org.junit.jupiter.api.Test;

class DeviationTest {
  private static Deviation of(float actual, float expected) {
    return Deviation.between(Tensor.of(new float[] {actual, 4, -8}, 3), Tensor.of(new float[] {expected, 4, -8}, 3));
  }

  @Test
  void isMeasuredAgainstTheRange() {
    Deviation deviation = of(1.5f, 1);
    assertThat(deviation.largest()).isEqualTo(0.5);
    assertThat(deviation.range()).isEqualTo(8);
    assertThat(deviation.relativeL2()).isEqualTo(0.5 / 9);
    assertThat(deviation.isWithinRange(1 / 16.0)).isTrue();
    assertThat(deviation.isWithinRange(1 / 16.5)).isFalse();
    assertThat(deviation.isWithinNorm(1 / 18.0)).isTrue();
    assertThat(deviation.isWithinNorm(1 / 18.5)).isFalse();
  }

  @Test
  void nanIsFarFromANumber() {
    assertThat(of(Float.NaN, 1).isWithinRange(1e9)).isFalse();
    assertThat(of(Float.NaN, 1).isWithinNorm(1e9)).isFalse();
    assertThat(of(Float.NaN, Float.POSITIVE_INFINITY).isWithinRange(1e9)).isFalse();
  }

  @Test
  void whereNanIsExpectedAnythingWillDo() {
    assertThat(of(5, Float.NaN).isWithinRange(0)).isTrue();
    assertThat(of(5, Float.NaN).isWithinNorm(0)).isTrue();
    assertThat(of(5, Float.NaN).range()).isEqualTo(8);
  }

  @Test
  void infinityIsNearNothingElse() {
    assertThat(of(Float.POSITIVE_INFINITY, Float.POSITIVE_INFINITY).isWithinRange(0)).isTrue();
    assertThat(of(Float.POSITIVE_INFINITY, Float.POSITIVE_INFINITY).range()).isEqualTo(8);
    assertThat(of(Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY).isWithinRange(1e9)).isFalse();
    assertThat(of(1, Float.POSITIVE_INFINITY).isWithinNorm(1e9)).isFalse();
  }

  @Test
  void numbersThatAreNotNormalMayVanish() {
    Deviation deviation = Deviation.between(Tensor.of(new float[] {0}, 1), Tensor.of(new float[] {1e-39f}, 1));
    assertThat(deviation.isWithinRange(1e-5)).isTrue();
  }
}
