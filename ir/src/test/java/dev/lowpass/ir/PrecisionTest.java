package dev.lowpass.ir;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Which number is nearest, as IEEE 754 and NVIDIA's instructions say. */
class PrecisionTest {
  /** One step above 1, what lies between, the least numbers, and the largest. */
  @ParameterizedTest
  @CsvSource({
    "FLOAT16, 0x1.004p0, 0x1.004p0",
    "FLOAT16, 0x1.002p0, 0x1p0",
    "FLOAT16, 0x1.006p0, 0x1.008p0",
    "FLOAT16, 0x1.002002p0, 0x1.004p0",
    "FLOAT16, 0x1p-24, 0x1p-24",
    "FLOAT16, 0x1.8p-24, 0x1p-23",
    "FLOAT16, 0x1p-25, 0",
    "FLOAT16, 65519, 65504",
    "FLOAT16, -65520, -Infinity",
    "FLOAT16, Infinity, Infinity",
    "TF32, 0x1.004p0, 0x1.004p0",
    "TF32, 0x1.002p0, 0x1.004p0",
    "TF32, -0x1.002p0, -0x1.004p0",
    "TF32, 0x1.001ffep0, 0x1p0",
    "TF32, 0x1p-149, 0",
    "TF32, 1e6, 999936",
    "TF32, 0x1.fffffep127, Infinity",
    "TF32, -Infinity, -Infinity",
    "BFLOAT16, 0x1.01p0, 0x1p0",
    "BFLOAT16, 0x1.03p0, 0x1.04p0",
    "FLOAT32, 0x1.000002p0, 0x1.000002p0"
  })
  void nearest(Precision precision, String value, String expected) {
    assertThat(precision.rounded(Float.parseFloat(value))).isEqualTo(Float.parseFloat(expected));
  }

  @ParameterizedTest
  @EnumSource
  void whatIsRoundedStays(Precision precision) {
    for (float value : new float[] {0, -0f, 1, -1.5f, 1 / 3f, 6e-5f, 7e-8f, 60000, 3e38f}) {
      float once = precision.rounded(value);
      assertThat(precision.rounded(once)).isEqualTo(once);
    }
    assertThat(precision.rounded(Float.NaN)).isNaN();
  }

  @ParameterizedTest
  @EnumSource
  void neighboursAreAStepApart(Precision precision) {
    float last = (float) (1 - precision.step());
    assertThat(precision.rounded(last)).isEqualTo(last);
    assertThat(precision.rounded((float) (1 - precision.step() / 4))).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "FLOAT32, 0x3F800000",
    "TF32, 0x3F800000",
    "FLOAT16, 0x3C00",
    "BFLOAT16, 0x3F80"
  })
  void bitsOfOne(Precision precision, String bits) {
    assertThat(precision.bits(1)).isEqualTo(Integer.decode(bits));
    assertThat(precision.bits(-1)).isEqualTo(Integer.decode(bits) | 1 << precision.width() - 1);
  }

  @ParameterizedTest
  @EnumSource
  void namesAreFound(Precision precision) {
    assertThat(Precision.of(precision.toString())).contains(precision);
    assertThat(Precision.words()).contains(precision.toString());
  }

  @ParameterizedTest
  @EnumSource
  void onlyFloat16IsNarrow(Precision precision) {
    assertThat(precision.overflows(1e5f)).isEqualTo(precision == Precision.FLOAT16);
    assertThat(precision.overflows(Float.POSITIVE_INFINITY)).isFalse();
  }
}
