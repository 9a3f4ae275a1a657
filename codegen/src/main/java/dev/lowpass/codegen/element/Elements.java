package dev.lowpass.codegen.element;

import dev.lowpass.codegen.plan.step.ArgChannelsStep;
import dev.lowpass.codegen.plan.step.CombineStep;
import dev.lowpass.codegen.plan.step.ConvolutionStep;
import dev.lowpass.codegen.plan.step.DepthwiseStep;
import dev.lowpass.codegen.plan.step.ExpressionStep;
import dev.lowpass.codegen.plan.step.GeneralStep;
import dev.lowpass.codegen.plan.step.MoveStep;
import dev.lowpass.codegen.plan.step.MultiplyStep;
import dev.lowpass.codegen.plan.step.NormalizeStep;
import dev.lowpass.codegen.plan.step.PoolStep;
import dev.lowpass.codegen.plan.step.ResizeStep;
import dev.lowpass.codegen.plan.value.Layout;

/**
 * The element function of every step that is not hot enough for a kernel of its own.
 *
 * @param lanes elements of an item where neighbours can be computed as a vector: 16 for a processor, 1 for a device's
 *     work-items
 */
public record Elements(int lanes) {
  public static final Elements VECTORS = new Elements(Layout.LANES);
  public static final Elements SCALARS = new Elements(1);

  public ElementFunction of(ExpressionStep step) {
    return ExpressionElements.of(step, lanes);
  }

  public ElementFunction of(GeneralStep step) {
    return GeneralElements.of(step, lanes);
  }

  /** With the weights of its grid, if it has one, at these offsets of the parameters; in vectors only. */
  public ElementFunction of(ArgChannelsStep step, AxisTables vertical, AxisTables horizontal) {
    return new ArgChannels(step, vertical, horizontal);
  }

  public ElementFunction of(CombineStep step) {
    return CombineSlabs.fits(step) ? new CombineSlabs(step, lanes) : new CombineElements(step);
  }

  public ElementFunction of(PoolStep step) {
    return new PoolElements(step, lanes);
  }

  public ElementFunction of(ResizeStep step, AxisTables vertical, AxisTables horizontal) {
    return new ResizeElements(step, vertical, horizontal, lanes);
  }

  public ElementFunction of(NormalizeStep step) {
    return NormalizeRows.of(step, lanes);
  }

  public ElementFunction of(MultiplyStep step) {
    return new MultiplyElements(step);
  }

  public ElementFunction of(MoveStep step) {
    return new MoveElements(step);
  }

  /** With the operator's weights and bias at these offsets of the parameters. */
  public ElementFunction of(ConvolutionStep step, int weights, int bias) {
    return new ConvolveElements(step, weights, bias);
  }

  /**
   * A depthwise convolution with nothing fused to it, with taps and bias [slab][taps + 1][lane] at offset {@code
   * weights} of the parameters.
   */
  public ElementFunction of(DepthwiseStep step, int weights) {
    return new DepthwiseElements(step, weights, lanes);
  }
}
