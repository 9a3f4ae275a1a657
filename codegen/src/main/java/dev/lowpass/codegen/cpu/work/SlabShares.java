package dev.lowpass.codegen.cpu.work;

import static dev.lowpass.codegen.plan.value.Layout.LANES;

import dev.lowpass.codegen.cpu.choice.Choice;
import dev.lowpass.codegen.cpu.choice.Knob;
import dev.lowpass.codegen.plan.Plan;
import dev.lowpass.codegen.plan.step.DepthwiseStep;
import dev.lowpass.codegen.plan.step.ProductStep;
import dev.lowpass.codegen.plan.step.Step;
import dev.lowpass.codegen.plan.value.Band;
import dev.lowpass.codegen.plan.value.Layout;
import dev.lowpass.codegen.tir.Expr;
import java.util.List;
import java.util.Optional;

/**
 * Which slabs between a depthwise step and the projection behind it belong to which worker. A worker makes its slabs
 * and multiplies them with their part of the weights: only partial sums, a few times smaller than the slabs, cross to
 * other cores. SlabShares are neighbouring slabs, so that each is an ordinary product with fewer channels, and each is
 * about as much work.
 *
 * @param bounds [workers - 1][worker]: a worker's first slab; behind the last worker, the number of slabs
 */
public record SlabShares(int[] bounds) {
  /** Workers that get a share of their own; more have nothing to do. */
  public static final int MOST = 16;

  private static final int ROW = MOST + 1;

  /** Vector operations a pixel of depthwise and functions, and as many again where transforms stand around it. */
  private static final int DEPTHWISE_OPERATIONS = 14;

  /**
   * The shares of {@code step}, if it is a depthwise step or the projection behind it. Both get the same ones, in whole
   * panels of the depthwise step: a projection does not wait for other workers.
   *
   * @param choices a choice for each step of the plan
   */
  public static Optional<SlabShares> of(Plan plan, Step step, List<Choice> choices) {
    for (int s = 0; s < plan.steps().size(); s++) {
      if (plan.steps().get(s) instanceof DepthwiseStep depthwise) {
        Optional<ProductStep> projection = projection(plan, depthwise).filter(found -> suit(depthwise, found));
        if (projection.isPresent() && (step == depthwise || step == projection.orElseThrow())) {
          int panel = choices.get(s).values().getOrDefault(Knob.VECTORS, 1);
          return Optional.of(of(depthwise, projection.orElseThrow(), panel));
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

  /** With several images, workers have images of their own. A mean must be that of whole sums. */
  private static boolean suit(DepthwiseStep depthwise, ProductStep projection) {
    return depthwise.output().slabbed().batch() == 1
        && projection.channels() >= 2 * projection.outputs()
        && !projection.pooled();
  }

  /** @param panel slabs that are made at once */
  private static SlabShares of(DepthwiseStep depthwise, ProductStep projection, int panel) {
    int slabs = depthwise.output().slabbed().slabs();
    long[] upTo = new long[slabs + 1];
    for (int slab = 0; slab < slabs; slab++) {
      upTo[slab + 1] = upTo[slab] + work(depthwise, projection, slab);
    }
    int[] bounds = new int[MOST * ROW];
    for (int workers = 1; workers <= MOST; workers++) {
      int slab = 0;
      for (int worker = 0; worker < ROW; worker++) {
        long wanted = upTo[slabs] * Math.min(worker, workers) / workers;
        for (int next = nextPanel(slab, panel, slabs);
            slab < slabs && upTo[next] + upTo[slab] <= 2 * wanted;
            next = nextPanel(slab, panel, slabs)) {
          slab = next;
        }
        bounds[(workers - 1) * ROW + worker] = worker < workers ? slab : slabs;
      }
    }
    return new SlabShares(bounds);
  }

  private static int nextPanel(int slab, int panel, int slabs) {
    return Math.min(slabs, slab + panel);
  }

  /** Multiply-adds of one slab, or what takes as long. */
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

  /** The first slab of {@code worker}; of the one behind the last, the end. */
  public static Expr first(Entry entry, int table, Expr worker) {
    Expr first = entry.table(table, entry.workers().min(MOST).minus(1).times(ROW).plus(worker.min(MOST)));
    // TVM's floor division by 3 is wrong for (first + 2) unless it can tell that this is not negative.
    return first.max(0);
  }
}
