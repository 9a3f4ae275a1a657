package dev.lowpass.codegen.tune;

import dev.lowpass.codegen.plan.Plan;
import dev.lowpass.codegen.plan.Slot;
import dev.lowpass.codegen.plan.Step;
import java.util.List;

/**
 * Everything about a step that its time depends on: what it computes on which layouts, and between what kinds of steps,
 * but neither names nor weights.
 */
final class StepSignature {
  private StepSignature() {}

  /** One line that starts readable and ends in a digest of the rest. Equal for steps that take the same time. */
  static String of(Plan plan, Step step) {
    String layouts = step.reads().stream().map(Slot::layout).toList() + " " + step.output().layout();
    return step.kind() + " " + step.shapes() + " #" + Digest.of(layouts + details(step) + neighbours(plan, step));
  }

  private static List<String> neighbours(Plan plan, Step step) {
    return plan.steps().stream()
        .filter(other -> step.reads().contains(other.output()) || other.reads().contains(step.output()))
        .map(Step::kind)
        .toList();
  }

  private static List<?> details(Step step) {
    return switch (step) {
      case Step.Product product -> List.of(product.bands(), product.activation(), product.zeros());
      case Step.FusedDepthwise deep ->
          List.of(
              deep.expansion().map(Step.Expansion::bands).orElse(List.of()),
              deep.before(),
              deep.window(),
              deep.after(),
              deep.keep().map(Object::toString).orElse(""),
              deep.exact());
      case Step.FusedBlock block ->
          List.of(
              block.producer().map(StepSignature::producer).orElse(""),
              block.channels(),
              block.before(),
              block.window(),
              block.after(),
              block.projection().activation());
      case Step.Transform transform -> List.of(transform.keep(), transform.exact(), transform.activation());
      case Step.Convolve convolve -> List.of(convolve.window(), convolve.groups(), convolve.activation());
      case Step.Pool pool -> List.of(pool.op());
      case Step.Map map -> map.functions();
      case Step.Combine combine -> List.of(combine.function(), combine.activation());
      case Step.Normalize normalize -> List.of(normalize.axis());
      case Step.Move move -> List.of(move.op());
      case Step.Multiply _ -> List.of();
    };
  }

  private static String producer(Step.Producer producer) {
    return switch (producer) {
      case Step.Expansion expansion -> expansion.bands().toString();
      case Step.Stem stem -> stem.window().toString();
    };
  }
}
