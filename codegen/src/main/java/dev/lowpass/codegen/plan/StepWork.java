package dev.lowpass.codegen.plan;

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
import dev.lowpass.codegen.plan.value.Band;
import dev.lowpass.codegen.plan.value.Layout;
import dev.lowpass.codegen.plan.value.Slot;
import dev.lowpass.ir.Bands;
import java.util.List;

/**
 * What a step has to do.
 *
 * @param multiplyAdds that it executes; those of transforms are not counted
 * @param additions other operations with numbers; those of transforms and activations are not counted
 * @param bytes weights, inputs, residual and output, each read or written once; of coefficients those that are kept
 */
public record StepWork(long multiplyAdds, long additions, long bytes) {
  public static StepWork of(Step step) {
    return new StepWork(step.multiplyAdds(), additions(step), moved(step) + weights(step));
  }

  /** Of all steps of a plan. */
  public static StepWork of(Plan plan) {
    return plan.steps().stream().map(StepWork::of).reduce(new StepWork(0, 0, 0), StepWork::plus);
  }

  private StepWork plus(StepWork other) {
    return new StepWork(multiplyAdds + other.multiplyAdds, additions + other.additions, bytes + other.bytes);
  }

  /** Floating-point operations, a multiply-add being two. */
  public long flops() {
    return 2 * multiplyAdds + additions;
  }

  /** FLOP a byte. */
  public double intensity() {
    return (double) flops() / bytes;
  }

  /** Bytes of maps. */
  private static long moved(Step step) {
    return switch (step) {
      case ProductStep product when product.input().isCoefficients() ->
          others(product) + read(product.bands(), product.input().slabbed()) + product.output().bytes();
      case TransformStep forward when forward.isForward() ->
          forward.input().bytes() + written(forward.keep(), forward.exact(), forward.output());
      case TransformStep inverse ->
          others(inverse) + kept(inverse.keep(), inverse.input()) + inverse.output().bytes();
      case DepthwiseStep deep when deep.expansion().isEmpty() ->
          deep.given().map(given -> kept(given, deep.input())).orElse(deep.input().bytes())
              + deep.keep().map(keep -> written(keep, deep.exact(), deep.output())).orElse(deep.output().bytes());
      case ProductStep _, DepthwiseStep _, BlockStep _, ConvolutionStep _, PoolStep _, ResizeStep _, ExpressionStep _,
              GeneralStep _, ArgChannelsStep _, CombineStep _, NormalizeStep _, MultiplyStep _, MoveStep _ ->
          step.reads().stream().mapToLong(Slot::bytes).sum() + step.output().bytes();
    };
  }

  /** Bytes of all that a step reads but the first. */
  private static long others(Step step) {
    return step.reads().stream().skip(1).mapToLong(Slot::bytes).sum();
  }

  private static long read(List<Band> bands, Layout.Slabbed input) {
    long vectors = 0;
    for (Band band : bands) {
      long rows = (long) (band.to() - band.from()) * input.rowsOfGroup();
      vectors += rows * Math.ceilDiv(band.channels(), Layout.LANES);
    }
    return vectors * Layout.LANES * Float.BYTES * input.batch();
  }

  /** Of coefficients that are written: zeros beyond the band too where they must be there. */
  private static long written(Bands keep, boolean exact, Slot coefficients) {
    return exact ? coefficients.bytes() : kept(keep, coefficients);
  }

  private static long kept(Bands keep, Slot coefficients) {
    Layout.Slabbed map = coefficients.slabbed();
    long kept = keep.keep().stream().mapToLong(Integer::longValue).sum();
    return kept * map.rowsOfGroup() * map.batch() * Float.BYTES;
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
