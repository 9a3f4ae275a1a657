package dev.lowpass.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class StepChoiceTest {
  @Test
  void onlySettingsThatDifferAreNamedWithTheBuiltInOne() {
    StepChoice choice = new StepChoice("step", "rows=9 vectors=2 ahead=1", Optional.of("rows=14 vectors=2"));
    assertThat(choice.differences()).isEqualTo("rows=9 (14) ahead=1");
  }

  @Test
  void theBuiltInChoiceDiffersInNothing() {
    assertThat(new StepChoice("step", "rows=9", Optional.empty()).differences()).isEmpty();
  }
}
