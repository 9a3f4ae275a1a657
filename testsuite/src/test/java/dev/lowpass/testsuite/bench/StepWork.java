package dev.lowpass.testsuite.bench;

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

/**
 * What a step has to do.
 *
 * @param flops floating-point operations, a multiply-add being two; transforms and activations are not counted
 * @param bytes weights, inputs, residual and output, each read or written once
 */
public record StepWork(long flops, long bytes) {
  public static StepWork of(Step step) {
    long bytes = step.output().bytes() + weights(step);
    for (Slot slot : step.reads()) {
      bytes += slot.bytes();
    }
    return new StepWork(2 * step.multiplyAdds() + additions(step), bytes);
  }

  /** FLOP a byte. */
  public double intensity() {
    return (double) flops / bytes;
  }

  /** Bytes. */
  private static long weights(Step step) {
    return switch (step) {
      case ProductStep product -> product.weight().bytes() + product.bias().bytes();
      case DepthwiseStep depthwise ->
          depthwise.weight().bytes()
              + depthwise.bias().bytes()
              + depthwise.expansion().map(StepWork::weights).orElse(0L);
      case BlockStep block ->
          block.weight().bytes()
              + block.bias().bytes()
              + block.projection().weight().bytes()
              + block.projection().bias().bytes()
              + block.producer().map(StepWork::weights).orElse(0L);
      case ConvolutionStep convolve -> convolve.weight().bytes() + convolve.bias().bytes();
      case TransformStep _, PoolStep _, ResizeStep _, ExpressionStep _, GeneralStep _, CombineStep _, NormalizeStep _,
              ArgChannelsStep _, MultiplyStep _, MoveStep _ ->
          0;
    };
  }

  private static long weights(Producer producer) {
    return switch (producer) {
      case Expansion expansion -> expansion.weight().bytes() + expansion.bias().bytes();
      case Stem stem -> stem.weight().bytes() + stem.bias().bytes();
    };
  }

  /** Operations of steps that do not multiply: about one an element. */
  private static long additions(Step step) {
    return switch (step) {
      case PoolStep pool -> pool.input().layout().elements();
      case ExpressionStep map -> map.output().layout().elements() * map.expression().terms().size();
      case GeneralStep general -> general.inputs().getFirst().layout().elements();
      case ArgChannelsStep arg -> (long) arg.lines() * arg.line() * arg.input().slabbed().channels();
      case CombineStep combine -> combine.output().layout().elements();
      case NormalizeStep normalize -> 4 * normalize.output().layout().elements();
      case ProductStep _, DepthwiseStep _, BlockStep _, ConvolutionStep _, TransformStep _, ResizeStep _,
              MultiplyStep _, MoveStep _ ->
          0;
    };
  }
}
