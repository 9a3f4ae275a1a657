package dev.lowpass.codegen.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

/** What a step tells a kernel goes by name. */
class LaunchNumbersTest {
  private final LaunchNumbers<Integer> map = LaunchNumbers.<Integer>none().with("rows", 7).with("slabs", 2);

  @Test
  void numbersKeepTheirNamesAndTheirOrder() {
    LaunchNumbers<Integer> all = map.with(LaunchNumbers.<Integer>none().with("input", 64));
    assertThat(all.names()).containsExactly("rows", "slabs", "input");
    assertThat(all.get("slabs")).isEqualTo(2);
    assertThat(map.names()).containsExactly("rows", "slabs");
  }

  @Test
  void nothingStandsInForAMissingNumber() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> map.get("input"))
        .withMessage("no number 'input', but [rows, slabs]");
  }

  @Test
  void aNumberIsToldOnce() {
    assertThatIllegalArgumentException().isThrownBy(() -> map.with("rows", 8)).withMessage("two numbers 'rows'");
    assertThatIllegalArgumentException().isThrownBy(() -> map.with(map)).withMessage("two numbers 'rows'");
  }
}
