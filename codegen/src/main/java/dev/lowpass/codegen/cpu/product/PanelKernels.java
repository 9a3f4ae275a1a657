package dev.lowpass.codegen.cpu.product;

import static dev.lowpass.codegen.plan.value.Layout.LANES;

import dev.lowpass.codegen.cpu.choice.Knob;
import dev.lowpass.codegen.cpu.kernel.BuiltKernel;
import dev.lowpass.codegen.cpu.kernel.Epilogue;
import dev.lowpass.codegen.cpu.kernel.product.Fetches;
import dev.lowpass.codegen.cpu.kernel.product.PanelCall;
import dev.lowpass.codegen.cpu.kernel.product.Panels;
import dev.lowpass.codegen.cpu.kernel.product.ProductKernel;
import dev.lowpass.codegen.cpu.kernel.product.RowTiles;
import dev.lowpass.codegen.cpu.kernel.product.Zeros;
import dev.lowpass.codegen.cpu.work.Workshop;
import dev.lowpass.codegen.plan.step.ProductStep;
import dev.lowpass.codegen.plan.value.Layout;
import java.util.List;

/** The kernel of a product's first panels, and that of the last panel, which may be the same. */
record PanelKernels(BuiltKernel<PanelCall> first, BuiltKernel<PanelCall> last) {
  /** Elements, 8 KB, by which fetching runs ahead of weights that are used once. */
  private static final int STREAM_AHEAD = 2 << 10;

  /** What a call computes. */
  enum Extent {
    /** The output, from all channels. */
    WHOLE,
    /** Sums alone, from a part of the channels. */
    PART
  }

  static PanelKernels of(
      Workshop workshop, ProductStep step, Panels panels, Zeros zeros, List<ProductTask> tasks, Extent extent) {
    BuiltKernel<PanelCall> first = kernel(workshop, step, panels, 0, zeros, tasks, extent);
    return new PanelKernels(
        first, panels.areAlike() ? first : kernel(workshop, step, panels, panels.lastSlab(), zeros, tasks, extent));
  }

  /** @param slab where a panel starts */
  private static BuiltKernel<PanelCall> kernel(
      Workshop workshop,
      ProductStep step,
      Panels panels,
      int slab,
      Zeros zeros,
      List<ProductTask> all,
      Extent extent) {
    ProductGeometry geometry = ProductGeometry.of(step);
    List<ProductTask> tasks = all.stream().filter(task -> task.isLast() == (slab > 0)).toList();
    int rows = panels.rows(slab, workshop.chosen(Knob.ROWS));
    ProductKernel dense =
        ProductKernel.of(
                panels.at(slab),
                RowTiles.of(rows, tasks.stream().mapToInt(ProductTask::rows).toArray()),
                geometry.inputPitch(),
                geometry.outputPitch())
            .with(ProductKernel.Channels.of(tasks.stream().mapToInt(ProductTask::channels).toArray()))
            .with(fetches(workshop, step));
    if (step.pooled()) {
      dense = dense.with(ProductKernel.Ending.MEAN);
    }
    if (extent == Extent.WHOLE) {
      dense =
          dense
              .with(dense.fetches().andRows())
              .with(Epilogue.of(step.residual(), step.activation()))
              .with(geometry.hasBiasAtFirst() ? ProductKernel.BiasRows.FIRST : ProductKernel.BiasRows.ALL);
    }
    return workshop.kernel("product", zeros.kernel(dense, TiledProduct.factors(step), workshop.machine()));
  }

  /** Weights that the cache does not keep from one inference to the next come from afar. */
  private static Fetches fetches(Workshop workshop, ProductStep step) {
    int ahead = workshop.chosen(Knob.AHEAD);
    return ahead == 1 && isOneTile(step, workshop.chosen(Knob.ROWS))
        ? Fetches.ofStream(STREAM_AHEAD)
        : Fetches.ofNextPanel(ahead * step.channels() * workshop.chosen(Knob.VECTORS) * LANES);
  }

  /** Whether all rows are in one tile: then weights are read once, and stream by as fast as they can be fetched. */
  private static boolean isOneTile(ProductStep step, int tileRows) {
    Layout.Slabbed input = step.input().slabbed();
    return input.batch() * input.rows() <= tileRows && step.bands().size() == 1;
  }
}
