package dev.lowpass.codegen.cpu;

import dev.lowpass.codegen.cpu.block.BlockKnobs;
import dev.lowpass.codegen.cpu.choice.Breadth;
import dev.lowpass.codegen.cpu.choice.Choice;
import dev.lowpass.codegen.cpu.choice.ChoiceSpace;
import dev.lowpass.codegen.cpu.choice.Knobs;
import dev.lowpass.codegen.cpu.choice.Neighbours;
import dev.lowpass.codegen.cpu.depthwise.DepthwiseKnobs;
import dev.lowpass.codegen.cpu.product.ProductAlgorithms;
import dev.lowpass.codegen.cpu.step.ConvolutionCode;
import dev.lowpass.codegen.cpu.step.ConvolutionKnobs;
import dev.lowpass.codegen.cpu.winograd.ConvolutionForms;
import dev.lowpass.codegen.plan.step.ArgChannelsStep;
import dev.lowpass.codegen.plan.step.BlockStep;
import dev.lowpass.codegen.plan.step.CombineStep;
import dev.lowpass.codegen.plan.step.ConvolutionStep;
import dev.lowpass.codegen.plan.step.DepthwiseStep;
import dev.lowpass.codegen.plan.step.ExpressionStep;
import dev.lowpass.codegen.plan.step.GeneralStep;
import dev.lowpass.codegen.plan.step.MoveStep;
import dev.lowpass.codegen.plan.step.MultiplyStep;
import dev.lowpass.codegen.plan.step.NormalizeStep;
import dev.lowpass.codegen.plan.step.PoolStep;
import dev.lowpass.codegen.plan.step.ProductStep;
import dev.lowpass.codegen.plan.step.ResizeStep;
import dev.lowpass.codegen.plan.step.Step;
import dev.lowpass.codegen.plan.step.TransformStep;
import dev.lowpass.ir.Precision;
import dev.lowpass.passes.machine.Machine;
import java.util.List;

/**
 * Which choices there are for a step: the built-in one, from what is known of the processor, and those around a choice
 * that a search tries. Each kind of step says so for itself, in its {@link Knobs}.
 */
public final class SearchSpace implements ChoiceSpace {
  private final Machine machine;

  public SearchSpace(Machine machine) {
    this.machine = machine;
  }

  @Override
  public Choice builtIn(Step step) {
    return knobs(step).builtIn();
  }

  @Override
  public List<Choice> around(Step step, Choice centre, Breadth breadth) {
    Neighbours near = new Neighbours(centre);
    knobs(step).addTo(near, breadth);
    return near.choices();
  }

  private Knobs knobs(Step step) {
    return switch (step) {
      case ProductStep product -> new ProductAlgorithms(product, machine);
      case DepthwiseStep depthwise when !machine.fusion().writesOut(depthwise.window().taps()) -> Knobs.NONE;
      case DepthwiseStep depthwise -> new DepthwiseKnobs(depthwise, machine);
      case BlockStep block -> new BlockKnobs(block, machine);
      case ConvolutionStep convolve when convolve.precision() == Precision.BFLOAT16 ->
          new ConvolutionKnobs(convolve, machine);
      case ConvolutionStep convolve when ConvolutionCode.suits(convolve) -> new ConvolutionForms(convolve, machine);
      case ConvolutionStep _, TransformStep _, PoolStep _, ExpressionStep _ -> Knobs.NONE;
      case CombineStep _, GeneralStep _, ArgChannelsStep _ -> Knobs.NONE;
      case ResizeStep _, NormalizeStep _, MultiplyStep _, MoveStep _ -> Knobs.NONE;
    };
  }
}
