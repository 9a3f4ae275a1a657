package dev.lowpass.cli.report;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What was chosen for one step of an artifact.
 *
 * @param step its name, kind and shapes
 * @param choice settings such as {@code rows=9 vectors=2}
 * @param builtIn what would have been chosen without a search, where that is something else
 */
public record StepChoice(String step, String choice, Optional<String> builtIn) {
  /** {@code rows=9 (14)} for each setting that is not the built-in one, with that in brackets. */
  public String differences() {
    List<String> others = List.of(builtIn.orElse(choice).split(" "));
    return List.of(choice.split(" ")).stream()
        .filter(setting -> !others.contains(setting))
        .map(setting -> setting + instead(others, setting))
        .collect(Collectors.joining(" "));
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
