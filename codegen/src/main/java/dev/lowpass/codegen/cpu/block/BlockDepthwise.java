package dev.lowpass.codegen.cpu.block;

import static dev.lowpass.codegen.plan.value.Layout.LANES;

import dev.lowpass.codegen.cpu.choice.Knob;
import dev.lowpass.codegen.cpu.kernel.BuiltKernel;
import dev.lowpass.codegen.cpu.kernel.map.DepthwiseKernel;
import dev.lowpass.codegen.cpu.work.Workshop;
import dev.lowpass.codegen.emit.Packing;
import dev.lowpass.codegen.plan.step.BlockStep;
import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.codegen.tir.Var;

/**
 * The convolution in the middle of a fused block: from the ring, or from the input, into the strip.
 *
 * @param taps where the taps of all slabs begin in the parameters
 * @param whole the kernel of whole slabs
 * @param last the kernel of the last slab
 */
record BlockDepthwise(
    BlockGeometry geometry,
    int taps,
    BuiltKernel<DepthwiseKernel.Call> whole,
    BuiltKernel<DepthwiseKernel.Call> last) {
  static BlockDepthwise of(Workshop workshop, BlockGeometry geometry) {
    BlockStep step = geometry.step();
    int taps =
        workshop
            .parameters()
            .add(
                Packing.taps(
                    step.weight().floats(), step.bias().floats(), step.channels(), geometry.tile().taps()));
    return new BlockDepthwise(
        geometry,
        taps,
        kernel(workshop, geometry, Math.min(geometry.lanes(), LANES)),
        kernel(workshop, geometry, (geometry.lanes() - 1) % LANES + 1));
  }

  private static BuiltKernel<DepthwiseKernel.Call> kernel(Workshop workshop, BlockGeometry geometry, int lanes) {
    int ring = geometry.hasRing() ? geometry.ring() : 0;
    return workshop.kernel(
        "depthwise", new DepthwiseKernel(geometry.tile(), lanes, workshop.chosen(Knob.COLUMNS), ring));
  }

  /** @param panelSlabs slabs of the panels before {@code panel} */
  void write(Code code, BlockWalk walk, BlockProducer.Panel panel, int panelSlabs, Expr strip) {
    BlockStep step = geometry.step();
    int mapElements = geometry.height() * geometry.width() * LANES;
    Var row = code.let("row", strip.times(geometry.stripRows()));
    Expr rows = code.let("rows", Expr.i32(geometry.output().height()).minus(row).min(geometry.stripRows()));
    for (int v = 0; v < panel.slabs(); v++) {
      Expr slab = code.let("slab", panel.index().times(panelSlabs).plus(v));
      Expr map =
          geometry.hasRing()
              ? walk.privateAddress(slab.times(geometry.ringElements()))
              : walk.entry()
                  .address(step.input(), walk.image().times(geometry.slabs()).plus(slab).times(mapElements));
      // The kernel counts rows of y from the top of the output.
      Expr y =
          slab.times(geometry.stripElements())
              .plus(geometry.stripAt())
              .minus(row.times(geometry.output().width() * LANES));
      (v < panel.lanes() / LANES ? whole : last)
          .call()
          .map(map, Expr.i32(geometry.hasRing() ? geometry.lookAhead() : 0))
          .taps(walk.entry().parameter(slab.times(geometry.tile().weightElements()).plus(taps)))
          .y(walk.privateAddress(y))
          .rows(row, rows)
          .in(code);
    }
  }
}
