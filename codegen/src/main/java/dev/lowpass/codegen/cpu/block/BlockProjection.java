package dev.lowpass.codegen.cpu.block;

import static dev.lowpass.codegen.plan.value.Layout.LANES;

import dev.lowpass.codegen.cpu.choice.Knob;
import dev.lowpass.codegen.cpu.kernel.BuiltKernel;
import dev.lowpass.codegen.cpu.kernel.Epilogue;
import dev.lowpass.codegen.cpu.kernel.product.Factors;
import dev.lowpass.codegen.cpu.kernel.product.Fetches;
import dev.lowpass.codegen.cpu.kernel.product.PanelCall;
import dev.lowpass.codegen.cpu.kernel.product.Panels;
import dev.lowpass.codegen.cpu.kernel.product.Pitch;
import dev.lowpass.codegen.cpu.kernel.product.ProductKernel;
import dev.lowpass.codegen.cpu.kernel.product.RowTiles;
import dev.lowpass.codegen.cpu.kernel.product.Zeros;
import dev.lowpass.codegen.cpu.rounded.Rounding;
import dev.lowpass.codegen.cpu.work.PackedFactors;
import dev.lowpass.codegen.cpu.work.Workshop;
import dev.lowpass.codegen.plan.step.BlockStep;
import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.codegen.tir.Var;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The product at the end of a fused block: from the strip into the output.
 *
 * @param kernels one for each panel
 * @param rounding where the strip is rounded to, if it is
 */
record BlockProjection(
    BlockGeometry geometry,
    PackedFactors packed,
    List<BuiltKernel<PanelCall>> kernels,
    Optional<Rounding> rounding) {
  static BlockProjection of(Workshop workshop, BlockGeometry geometry, Zeros zeros) {
    Factors factors = BlockKnobs.factors(geometry.step());
    Panels panels =
        zeros.panels(factors, workshop.chosen(Knob.PROJECT_VECTORS), factors.channels() % 2 == 0);
    PackedFactors packed = PackedFactors.of(workshop, factors, panels);
    List<BuiltKernel<PanelCall>> kernels = new ArrayList<>();
    for (int slab = 0; slab < panels.slabs(); slab += panels.vectors()) {
      ProductKernel dense = dense(geometry, panels, slab, workshop.chosen(Knob.PROJECT_ROWS));
      kernels.add(workshop.kernel("project", zeros.kernel(dense, factors, workshop.machine())));
    }
    Pitch strip = Pitch.ofSlabs(geometry.stripPositions());
    return new BlockProjection(
        geometry,
        packed,
        kernels,
        Rounding.of(workshop, factors, strip, geometry.listAt(), geometry.stripPositions()));
  }

  private static ProductKernel dense(BlockGeometry geometry, Panels panels, int slab, int rows) {
    BlockStep step = geometry.step();
    int lastPositions = geometry.lastStripRows() * geometry.output().width();
    return ProductKernel.of(
            panels.at(slab),
            RowTiles.of(panels.rows(slab, rows), geometry.stripPositions(), lastPositions),
            Pitch.ofSlabs(geometry.stripPositions()),
            Pitch.ofSlabs(geometry.output().rows()))
        .with(ProductKernel.Channels.of(step.channels()))
        .with(fetches(geometry))
        .with(Epilogue.of(step.projection().residual(), step.projection().activation()));
  }

  /**
   * Where the map was not made here, the projection asks for what depthwise reads of it in the next strip: else
   * depthwise would wait for a far cache that nobody uses while the projection multiplies.
   */
  private static Fetches fetches(BlockGeometry geometry) {
    return geometry.hasRing() ? Fetches.NONE : Fetches.ofMap(geometry.height() * geometry.width() * LANES);
  }

  void write(Code code, BlockWalk walk, Expr strip) {
    BlockStep step = geometry.step();
    int stripRows = geometry.stripRows();
    int width = geometry.output().width();
    Var row = code.let("outputRow", strip.times(stripRows));
    Var positions =
        code.let("positions", Expr.i32(geometry.output().height()).minus(row).min(stripRows).times(width));
    // The rows of the map that the next strip is the first to read, or what it did not come to before.
    Expr soon =
        walk.image()
            .times(geometry.slabs() * geometry.height())
            .plus(strip.plus(1).times(geometry.newRows()))
            .plus(geometry.lookAhead())
            .times(geometry.width() * LANES);
    Expr x = walk.privateAddress(geometry.stripAt());
    rounding.ifPresent(to -> to.round(code, walk.entry(), x, positions, Expr.i32(step.channels())));
    for (int panel = 0; panel < kernels.size(); panel++) {
      Expr y =
          walk.image()
              .times(Math.toIntExact(geometry.output().imageElements()))
              .plus(row.times(width * LANES))
              .plus(panel * packed.panels().vectors() * geometry.output().rows() * LANES);
      PanelCall call = packed.passTo(kernels.get(panel).call(), walk.entry(), Expr.i32(panel));
      rounding
          .map(from -> from.passTo(call, walk.entry(), Expr.i32(0)))
          .orElseGet(() -> call.x(x))
          .residual(step.projection().residual().map(residual -> walk.entry().address(residual, y)))
          .y(walk.entry().address(step.output(), y))
          .rows(positions)
          .channels(Expr.i32(step.channels()))
          .biasRows(positions)
          .soon(walk.entry().address(step.input(), soon.plus(positions.times(panel * LANES))))
          .list(walk.privateAddress(geometry.listAt()))
          .in(code);
    }
  }
}
