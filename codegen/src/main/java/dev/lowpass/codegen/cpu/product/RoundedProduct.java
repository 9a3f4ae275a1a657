package dev.lowpass.codegen.cpu.product;

import dev.lowpass.codegen.cpu.choice.Breadth;
import dev.lowpass.codegen.cpu.choice.Knob;
import dev.lowpass.codegen.cpu.choice.Neighbours;
import dev.lowpass.codegen.cpu.rounded.RoundedConvolutionCode;
import dev.lowpass.codegen.cpu.work.SlabShares;
import dev.lowpass.codegen.cpu.work.StepCode;
import dev.lowpass.codegen.cpu.work.Workshop;
import dev.lowpass.codegen.plan.step.ConvolutionStep;
import dev.lowpass.codegen.plan.step.ProductStep;
import dev.lowpass.ir.Precision;
import dev.lowpass.ir.op.Window;
import java.util.Optional;

/** A product in bfloat16 of maps of samples, as a convolution of one tap: rows are rounded once for several panels. */
record RoundedProduct(ProductStep step) implements ProductAlgorithm {
  @Override
  public boolean suits() {
    return step.precision() == Precision.BFLOAT16
        && !step.input().isCoefficients()
        && step.input().slabbed().rows() > 1
        && !step.pooled();
  }

  @Override
  public Optional<Knob> knob() {
    return Optional.empty();
  }

  @Override
  public boolean pays() {
    return true;
  }

  @Override
  public void addTo(Neighbours near, Breadth breadth) {}

  @Override
  public boolean allowsShares() {
    return false;
  }

  @Override
  public StepCode prepare(Workshop workshop, Optional<SlabShares> shares) {
    return RoundedConvolutionCode.prepare(
        workshop,
        new ConvolutionStep(
            step.name(),
            step.input(),
            step.output(),
            step.residual(),
            Window.of(1, 1, 0),
            1,
            step.weight(),
            step.bias(),
            step.activation(),
            step.precision()));
  }
}
