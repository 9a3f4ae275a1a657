package dev.lowpass.codegen.cpu.choice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Choices as text. */
class ChoiceTest {
  @ParameterizedTest
  @ValueSource(strings = {"", "rows=14", "rows=9 vectors=3 tasks=32", "project-rows=6 project-vectors=4 strip=448"})
  void printAsTheyWereRead(String text) {
    assertThat(Choice.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {" ", "rows", "rows=", "rows=0", "rows=33", "rows=-1", "rows=1e3", "rows=9999999999", "size=3", "rows=9  tasks=1"})
  void othersAreRejected(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Choice.parse(text));
  }

  @Test
  void differInKnobs() {
    Choice choice = Choice.parse("rows=9 vectors=3 tasks=32");
    assertThat(choice.differences(Choice.parse("rows=9 vectors=2 tasks=32"))).isEqualTo(Set.of(Knob.VECTORS));
    assertThat(choice.differences(Choice.parse("rows=9 vectors=3"))).isEqualTo(Set.of(Knob.TASKS));
    assertThat(choice.differences(choice.with(Knob.ROWS, 9))).isEmpty();
  }
}
