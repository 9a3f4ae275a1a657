package dev.lowpass.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowpass.codegen.artifact.CompilationReport;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChoiceTextTest {
  private static ChoiceText choice(String chosen, Optional<String> builtIn) {
    return new ChoiceText(new CompilationReport.StepChoice("step", chosen, builtIn));
  }

  @Test
  void onlySettingsThatDifferAreNamedWithTheBuiltInOne() {
    ChoiceText choice = choice("rows=9 vectors=2 ahead=1", Optional.of("rows=14 vectors=2"));
    assertThat(choice.isOther()).isTrue();
    assertThat(choice).hasToString("step: rows=9 (14) ahead=1");
  }

  @Test
  void theBuiltInChoiceDiffersInNothing() {
    assertThat(choice("rows=9", Optional.empty()).isOther()).isFalse();
    assertThat(choice("rows=9", Optional.empty())).hasToString("step: ");
  }
}
