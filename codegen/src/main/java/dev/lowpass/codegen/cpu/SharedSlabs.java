package dev.lowpass.codegen.cpu;

import static dev.lowpass.codegen.plan.value.Layout.LANES;

import dev.lowpass.codegen.cpu.choice.Choice;
import dev.lowpass.codegen.cpu.choice.Knob;
import dev.lowpass.codegen.cpu.work.SlabShares;
import dev.lowpass.codegen.plan.Plan;
import dev.lowpass.codegen.plan.step.DepthwiseStep;
import dev.lowpass.codegen.plan.step.ProductStep;
import dev.lowpass.codegen.plan.step.Step;
import dev.lowpass.codegen.plan.value.Band;
import dev.lowpass.codegen.plan.value.Layout;
import dev.lowpass.ir.Precision;
import java.util.List;
import java.util.Optional;

/**
 * Finds the slabs between a depthwise step and the projection behind it that workers share out. A worker makes its slabs
 * and multiplies them with their part of the weights: only partial sums, a few times smaller than the slabs, cross to
 * other cores.
 */
final class SharedSlabs {
  /** Vector operations a pixel of depthwise and functions, and as many again where transforms stand around it. */
  private static final int DEPTHWISE_OPERATIONS = 14;

  private SharedSlabs() {}

  /**
   * The shares of {@code step}, if it is a depthwise step or the projection behind it. Both get the same ones, in whole
   * panels of the depthwise step: a projection does not wait for other workers.
   *
   * @param choices a choice for each step of the plan
   */
  static Optional<SlabShares> of(Plan plan, Step step, List<Choice> choices) {
    for (int s = 0; s < plan.steps().size(); s++) {
      if (plan.steps().get(s) instanceof DepthwiseStep depthwise) {
        Optional<ProductStep> projection = projection(plan, depthwise).filter(found -> suit(depthwise, found));
        if (projection.isPresent() && (step == depthwise || step == projection.orElseThrow())) {
          int panel = choices.get(s).values().getOrDefault(Knob.VECTORS, 1);
          return Optional.of(SlabShares.of(work(depthwise, projection.orElseThrow()), panel));
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<ProductStep> projection(Plan plan, DepthwiseStep depthwise) {
    return plan.steps().stream()
        .filter(step -> step instanceof ProductStep product && product.input().equals(depthwise.output()))
        .map(step -> (ProductStep) step)
        .findFirst();
  }

  /**
   * With several images, workers have images of their own. A mean must be that of whole sums. Rounded channels come in
   * steps of more than a slab.
   */
  private static boolean suit(DepthwiseStep depthwise, ProductStep projection) {
    return depthwise.output().slabbed().batch() == 1
        && projection.channels() >= 2 * projection.outputs()
        && !projection.pooled()
        && projection.precision() == Precision.FLOAT32;
  }

  /** Multiply-adds of each slab, or what takes as long. */
  private static long[] work(DepthwiseStep depthwise, ProductStep projection) {
    long[] work = new long[depthwise.output().slabbed().slabs()];
    for (int slab = 0; slab < work.length; slab++) {
      work[slab] = work(depthwise, projection, slab);
    }
    return work;
  }

  private static long work(DepthwiseStep depthwise, ProductStep projection, int slab) {
    Layout.Slabbed between = depthwise.output().slabbed();
    long made = depthwise.multiplyAdds() / between.slabs();
    long transforms = depthwise.output().isCoefficients() ? 2 : 1;
    long own = transforms * DEPTHWISE_OPERATIONS * LANES * between.height() * between.width();
    long rows = 0;
    for (Band band : projection.bands()) {
      int channels = Math.clamp(band.channels() - slab * LANES, 0, LANES);
      rows += (long) channels * (band.to() - band.from()) * between.rowsOfGroup();
    }
    return made + own + rows * projection.outputs();
  }
}
