package dev.lowpass.testsuite.bench;

import dev.lowpass.codegen.plan.step.BlockStep;
import dev.lowpass.codegen.plan.step.CombineStep;
import dev.lowpass.codegen.plan.step.ConvolutionStep;
import dev.lowpass.codegen.plan.step.DepthwiseStep;
import dev.lowpass.codegen.plan.step.Expansion;
import dev.lowpass.codegen.plan.step.MapStep;
import dev.lowpass.codegen.plan.step.MoveStep;
import dev.lowpass.codegen.plan.step.MultiplyStep;
import dev.lowpass.codegen.plan.step.NormalizeStep;
import dev.lowpass.codegen.plan.step.PoolStep;
import dev.lowpass.codegen.plan.step.Producer;
import dev.lowpass.codegen.plan.step.ProductStep;
import dev.lowpass.codegen.plan.step.Stem;
import dev.lowpass.codegen.plan.step.Step;
import dev.lowpass.codegen.plan.step.TransformStep;
import dev.lowpass.codegen.plan.value.Slot;

/**
 * What a step has to do.
 *
 * @param flops floating-point operations, a multiply-add being two; transforms and activations are not counted
 * @param bytes weights, inputs, residual and output, each read or written once
 */
record StepWork(long flops, long bytes) {
  static StepWork of(Step step) {
    long elements = step.output().layout().elements() + weights(step);
    for (Slot slot : step.reads()) {
      elements += slot.layout().elements();
    }
    return new StepWork(2 * step.multiplyAdds() + additions(step), 4 * elements);
  }

  /** FLOP a byte. */
  double intensity() {
    return (double) flops / bytes;
  }

  private static long weights(Step step) {
    return switch (step) {
      case ProductStep product -> product.weight().count() + product.bias().count();
      case DepthwiseStep depthwise ->
          depthwise.weight().count()
              + depthwise.bias().count()
              + depthwise.expansion().map(StepWork::weights).orElse(0L);
      case BlockStep block ->
          block.weight().count()
              + block.bias().count()
              + block.projection().weight().count()
              + block.projection().bias().count()
              + block.producer().map(StepWork::weights).orElse(0L);
      case ConvolutionStep convolve -> convolve.weight().count() + convolve.bias().count();
      case TransformStep _, PoolStep _, MapStep _, CombineStep _, NormalizeStep _, MultiplyStep _, MoveStep _ ->
          0;
    };
  }

  private static long weights(Producer producer) {
    return switch (producer) {
      case Expansion expansion -> expansion.weight().count() + expansion.bias().count();
      case Stem stem -> stem.weight().count() + stem.bias().count();
    };
  }

  /** Operations of steps that do not multiply: about one an element. */
  private static long additions(Step step) {
    return switch (step) {
      case PoolStep pool -> pool.input().layout().elements();
      case MapStep map -> map.output().layout().elements() * map.functions().size();
      case CombineStep combine -> combine.output().layout().elements();
      case NormalizeStep normalize -> 4 * normalize.output().layout().elements();
      case ProductStep _, DepthwiseStep _, BlockStep _, ConvolutionStep _, TransformStep _, MultiplyStep _,
              MoveStep _ ->
          0;
    };
  }
}
