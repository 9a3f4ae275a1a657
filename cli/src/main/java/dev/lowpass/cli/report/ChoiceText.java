package dev.lowpass.cli.report;

import dev.lowpass.codegen.artifact.CompilationReport;
import java.util.List;
import java.util.stream.Collectors;

/** What was chosen for one step of an artifact, beside what is built in. */
record ChoiceText(CompilationReport.StepChoice step) {
  /** Whether a search or another artifact chose something else than what is built in. */
  boolean isOther() {
    return step.builtIn().isPresent();
  }

  /** For instance {@code product [1, 3]: rows=9 (14)}: settings that are not the built-in ones, with those in brackets. */
  @Override
  public String toString() {
    List<String> others = List.of(step.builtIn().orElse(step.choice()).split(" "));
    return List.of(step.choice().split(" ")).stream()
        .filter(setting -> !others.contains(setting))
        .map(setting -> setting + instead(others, setting))
        .collect(Collectors.joining(" ", step.step() + ": ", ""));
  }

  private static String instead(List<String> others, String setting) {
    String knob = setting.substring(0, setting.indexOf('=') + 1);
    return others.stream()
        .filter(other -> other.startsWith(knob))
        .findFirst()
        .map(other -> " (" + other.substring(knob.length()) + ")")
        .orElse("");
  }
}
