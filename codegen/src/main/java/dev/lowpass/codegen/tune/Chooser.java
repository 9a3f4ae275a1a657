package dev.lowpass.codegen.tune;

import dev.lowpass.codegen.artifact.CompilationReport;
import dev.lowpass.codegen.backend.Backend;
import dev.lowpass.codegen.backend.Presence;
import dev.lowpass.codegen.cpu.choice.Choice;
import dev.lowpass.codegen.cpu.choice.ChoiceSpace;
import dev.lowpass.codegen.plan.Plan;
import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.graph.Graph;
import java.util.Collections;
import java.util.List;

/** A choice for each step of a plan, from where a compilation is told to take it. */
public final class Chooser {
  private Chooser() {}

  /**
   * Chooses for {@code plan}, which computes {@code graph}.
   *
   * @throws LowpassException LP4012 where this machine cannot run what is to be timed, LP4013 where there is nothing to
   *     choose, LP4014 where recorded choices do not fit
   */
  public static TuningResult choose(Backend backend, Graph graph, Plan plan, Tuning tuning, TuningListener listener) {
    return switch (tuning) {
      case Tuning.BuiltIn _ -> TuningResult.silent(builtIn(backend, plan));
      case Tuning.Recorded recorded ->
          TuningResult.silent(recorded.choices().choicesFor(plan, backend.name(), requireChoices(backend)));
      case Tuning.Search search -> {
        ChoiceSpace space = requireChoices(backend);
        if (backend.presence() instanceof Presence.Missing) {
          throw new LowpassException(
              "LP4012",
              backend.name(),
              "this machine cannot run it and time it; tune where it runs, or compile with --tune none");
        }
        yield Tuner.tune(graph, plan, backend, space, search, listener);
      }
    };
  }

  static List<Choice> builtIn(Backend backend, Plan plan) {
    return backend
        .choices()
        .map(space -> plan.steps().stream().map(space::builtIn).toList())
        .orElse(Collections.nCopies(plan.steps().size(), Choice.NONE));
  }

  private static ChoiceSpace requireChoices(Backend backend) {
    return backend
        .choices()
        .orElseThrow(
            () ->
                new LowpassException("LP4013", backend.name(), "has nothing to choose yet; compile with --tune none"));
  }

  /** What an artifact is to record of {@code choices}. */
  public static List<CompilationReport.StepChoice> record(Backend backend, Plan plan, List<Choice> choices) {
    return backend.choices().map(space -> ChoiceRecord.toReport(plan, choices, space)).orElse(List.of());
  }
}
