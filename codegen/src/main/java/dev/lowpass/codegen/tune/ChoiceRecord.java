package dev.lowpass.codegen.tune;

import dev.lowpass.codegen.artifact.CompilationReport;
import dev.lowpass.codegen.cpu.choice.Choice;
import dev.lowpass.codegen.cpu.choice.ChoiceSpace;
import dev.lowpass.codegen.plan.Plan;
import dev.lowpass.codegen.plan.step.Step;
import dev.lowpass.ir.LowpassException;
import dev.lowpass.runtime.artifact.ArtifactReader;
import dev.lowpass.runtime.artifact.Manifest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * The choices of an artifact for one of its sizes, as its report of the compilation holds them: one for every step that
 * has any.
 *
 * @param place the artifact, for messages
 * @param target for which the choices were made
 */
public record ChoiceRecord(String place, String target, List<Entry> entries) {
  /**
   * The choice of one step.
   *
   * @param step its name, kind and shapes
   * @param choice in the form of {@link Choice#toString}
   */
  public record Entry(String step, String choice) {
    public static Entry of(Step step, Choice choice) {
      return new Entry(label(step), choice.toString());
    }
  }

  public ChoiceRecord {
    entries = List.copyOf(entries);
  }

  /**
   * The records of an artifact, one a size.
   *
   * @throws dev.lowpass.runtime.LowpassRuntimeException LP5001 to LP5003 where the file is no sound artifact
   * @throws LowpassException LP4017 where its report has another form
   */
  public static List<ChoiceRecord> read(Path artifact) {
    return of(artifact.toString(), ArtifactReader.read(artifact, artifact.toString()).manifest());
  }

  /**
   * The records in a manifest.
   *
   * @throws LowpassException LP4017 where its report has another form
   */
  public static List<ChoiceRecord> of(String place, Manifest manifest) {
    return manifest.sizes().stream()
        .map(size -> new ChoiceRecord(place, manifest.target().name(), entries(CompilationReport.of(place, size))))
        .toList();
  }

  private static List<Entry> entries(CompilationReport report) {
    return report.choices().stream().map(choice -> new Entry(choice.step(), choice.choice())).toList();
  }

  /** What an artifact's report is to hold. */
  public static List<CompilationReport.StepChoice> toReport(Plan plan, List<Choice> choices, ChoiceSpace space) {
    List<CompilationReport.StepChoice> report = new ArrayList<>();
    for (int s = 0; s < choices.size(); s++) {
      Choice choice = choices.get(s);
      if (!choice.values().isEmpty()) {
        Step step = plan.steps().get(s);
        Optional<String> builtIn =
            Optional.of(space.builtIn(step)).filter(other -> !other.equals(choice)).map(Choice::toString);
        report.add(new CompilationReport.StepChoice(label(step), choice.toString(), builtIn));
      }
    }
    return report;
  }

  private static String label(Step step) {
    return step.name() + " [" + step.kind() + "] " + step.shapes();
  }

  /**
   * The choices for {@code plan}, one for each step.
   *
   * @throws LowpassException LP4014 where they are for other steps or another target
   */
  public List<Choice> choicesFor(Plan plan, String wantedTarget, ChoiceSpace space) {
    if (!target.equals(wantedTarget)) {
      throw unfit(place, "its choices are for %s, not for %s".formatted(target, wantedTarget));
    }
    Iterator<Entry> recorded = entries.iterator();
    List<Choice> choices = new ArrayList<>();
    for (Step step : plan.steps()) {
      Choice builtIn = space.builtIn(step);
      choices.add(builtIn.values().isEmpty() ? builtIn : choiceFor(label(step), builtIn, recorded));
    }
    if (recorded.hasNext()) {
      throw unfit(place, "its choices go on with '%s', and this model ends before".formatted(recorded.next().step));
    }
    return choices;
  }

  private Choice choiceFor(String step, Choice builtIn, Iterator<Entry> recorded) {
    if (!recorded.hasNext()) {
      throw unfit(place, "has no choice for '%s'; it is of another model".formatted(step));
    }
    Entry entry = recorded.next();
    if (!entry.step.equals(step)) {
      throw unfit(place, "has a choice for '%s' where this model has '%s'".formatted(entry.step, step));
    }
    try {
      Choice choice = Choice.parse(entry.choice);
      if (choice.values().keySet().equals(builtIn.values().keySet())) {
        return choice;
      }
      throw unfit(place, "'%s': '%s' does not choose as this version does: '%s'".formatted(step, choice, builtIn));
    } catch (IllegalArgumentException e) {
      throw unfit(place, "'%s': %s".formatted(step, e.getMessage()));
    }
  }

  private static LowpassException unfit(String place, String problem) {
    return new LowpassException("LP4014", place, problem + "; give an artifact of the same model, options and version");
  }
}
