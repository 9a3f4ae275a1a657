package dev.lowpass.codegen.tune;

import dev.lowpass.codegen.plan.Plan;
import dev.lowpass.codegen.plan.step.ArgChannelsStep;
import dev.lowpass.codegen.plan.step.BlockStep;
import dev.lowpass.codegen.plan.step.CombineStep;
import dev.lowpass.codegen.plan.step.ConvolutionStep;
import dev.lowpass.codegen.plan.step.DepthwiseStep;
import dev.lowpass.codegen.plan.step.Expansion;
import dev.lowpass.codegen.plan.step.ExpressionStep;
import dev.lowpass.codegen.plan.step.GeneralStep;
import dev.lowpass.codegen.plan.step.MoveStep;
import dev.lowpass.codegen.plan.step.MultiplyStep;
import dev.lowpass.codegen.plan.step.NormalizeStep;
import dev.lowpass.codegen.plan.step.PoolStep;
import dev.lowpass.codegen.plan.step.Producer;
import dev.lowpass.codegen.plan.step.ProductStep;
import dev.lowpass.codegen.plan.step.ResizeStep;
import dev.lowpass.codegen.plan.step.Stem;
import dev.lowpass.codegen.plan.step.Step;
import dev.lowpass.codegen.plan.step.TransformStep;
import dev.lowpass.codegen.plan.value.Slot;
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
      case ProductStep product -> List.of(product.bands(), product.activation(), product.zeros());
      case DepthwiseStep deep ->
          List.of(
              deep.expansion().map(Expansion::bands).orElse(List.of()),
              deep.before(),
              deep.window(),
              deep.after(),
              deep.keep().map(Object::toString).orElse(""),
              deep.exact());
      case BlockStep block ->
          List.of(
              block.producer().map(StepSignature::producer).orElse(""),
              block.channels(),
              block.before(),
              block.window(),
              block.after(),
              block.projection().activation());
      case TransformStep transform -> List.of(transform.keep(), transform.exact(), transform.activation());
      case ConvolutionStep convolve -> List.of(convolve.window(), convolve.groups(), convolve.activation());
      case PoolStep pool -> List.of(pool.op());
      case ResizeStep resize -> List.of(resize.vertical().longest(), resize.horizontal().longest());
      case ExpressionStep map -> map.expression().terms();
      case GeneralStep general -> List.of(general.op());
      case ArgChannelsStep channels -> List.of(channels.arg(), channels.grid().isPresent());
      case CombineStep combine -> List.of(combine.function());
      case NormalizeStep normalize -> List.of(normalize.axis());
      case MoveStep move -> List.of(move.op());
      case MultiplyStep _ -> List.of();
    };
  }

  private static String producer(Producer producer) {
    return switch (producer) {
      case Expansion expansion -> expansion.bands().toString();
      case Stem stem -> stem.window().toString();
    };
  }
}
