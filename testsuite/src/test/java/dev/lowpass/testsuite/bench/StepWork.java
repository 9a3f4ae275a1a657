package dev.lowpass.testsuite.bench;

import dev.lowpass.codegen.plan.Slot;
import dev.lowpass.codegen.plan.Step;

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
      case Step.Product product -> product.weight().length + product.bias().length;
      case Step.FusedDepthwise depthwise ->
          depthwise.weight().length
              + depthwise.bias().length
              + depthwise.expansion().map(StepWork::weights).orElse(0L);
      case Step.FusedBlock block ->
          block.weight().length
              + block.bias().length
              + block.projection().weight().length
              + block.projection().bias().length
              + block.producer().map(StepWork::weights).orElse(0L);
      case Step.Convolve convolve -> convolve.weight().length + convolve.bias().length;
      case Step.Transform _, Step.Pool _, Step.Map _, Step.Combine _, Step.Normalize _, Step.Multiply _, Step.Move _ ->
          0;
    };
  }

  private static long weights(Step.Producer producer) {
    return switch (producer) {
      case Step.Expansion expansion -> expansion.weight().length + expansion.bias().length;
      case Step.Stem stem -> stem.weight().length + stem.bias().length;
    };
  }

  /** Operations of steps that do not multiply: about one an element. */
  private static long additions(Step step) {
    return switch (step) {
      case Step.Pool pool -> pool.input().layout().elements();
      case Step.Map map -> map.output().layout().elements() * map.functions().size();
      case Step.Combine combine -> combine.output().layout().elements();
      case Step.Normalize normalize -> 4 * normalize.output().layout().elements();
      case Step.Product _, Step.FusedDepthwise _, Step.FusedBlock _, Step.Convolve _, Step.Transform _, Step.Multiply _,
              Step.Move _ ->
          0;
    };
  }
}
