package dev.lowpass.codegen.tune;

import dev.lowpass.codegen.cpu.choice.Choice;
import java.util.List;

/**
 * What was chosen.
 *
 * @param choices one for each step of the plan
 * @param remarks how they were found, for people; not part of an artifact, since it depends on more than the choices
 */
public record TuningResult(List<Choice> choices, List<String> remarks) {
  public TuningResult {
    choices = List.copyOf(choices);
    remarks = List.copyOf(remarks);
  }

  /** Choices of which there is nothing to say. */
  static TuningResult silent(List<Choice> choices) {
    return new TuningResult(choices, List.of());
  }
}
