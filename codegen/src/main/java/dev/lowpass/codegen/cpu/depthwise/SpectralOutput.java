package dev.lowpass.codegen.cpu.depthwise;

import static dev.lowpass.codegen.plan.value.Layout.LANES;

import dev.lowpass.codegen.cpu.kernel.BuiltKernel;
import dev.lowpass.codegen.cpu.kernel.map.ForwardKernel;
import dev.lowpass.codegen.cpu.kernel.map.ForwardPass;
import dev.lowpass.codegen.cpu.kernel.map.Masks;
import dev.lowpass.codegen.cpu.work.Workshop;
import dev.lowpass.codegen.emit.BlockGrid;
import dev.lowpass.codegen.plan.step.DepthwiseStep;
import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;
import java.util.List;
import java.util.Optional;

/**
 * Depthwise convolution and the forward transform behind it, truncated for each slab.
 *
 * @param taps where the taps of all slabs begin in the parameters
 * @param levels where the table begins that says which kernel a slab has
 * @param masks where masks begin, if coefficients beyond a channel's band must be zero
 * @param kernels one for each level
 */
record SpectralOutput(
    DepthwiseGeometry geometry,
    int taps,
    int levels,
    Optional<Integer> masks,
    List<BuiltKernel<ForwardKernel.Call>> kernels)
    implements DepthwiseOutput {
  static SpectralOutput of(Workshop workshop, DepthwiseGeometry geometry, BlockGrid grid, int taps) {
    DepthwiseStep step = geometry.step();
    Levels levels =
        step.exact()
            ? new Levels(List.of(grid.size()), new int[geometry.output().slabs()])
            : Levels.of(step.keep().orElseThrow(), Integer.MAX_VALUE);
    List<BuiltKernel<ForwardKernel.Call>> kernels =
        levels.distinct().stream()
            .map(level -> new ForwardPass(grid, level, step.exact()))
            .map(pass -> new ForwardKernel(Optional.of(geometry.tile()), pass))
            .map(kernel -> workshop.kernel("spectral_depthwise", kernel))
            .toList();
    int table = workshop.parameters().add(levels.ofSlab());
    Optional<Integer> masks =
        step.exact()
            ? Optional.of(workshop.parameters().add(Masks.of(step.keep().orElseThrow(), grid.size())))
            : Optional.empty();
    return new SpectralOutput(geometry, taps, table, masks, kernels);
  }

  @Override
  public void write(Code code, Placement place, Expr map, Expr slab, DepthwisePlan.Words strip) {
    int size = geometry.forward().orElseThrow().size();
    Expr level = code.let("level", place.entry().table(levels, slab));
    for (int i = 0; i < kernels.size(); i++) {
      ForwardKernel.Call call =
          kernels
              .get(i)
              .call()
              .map(map, strip.mapRow())
              .scratch(place.privateAddress(0))
              .taps(place.entry().parameter(slab.times(geometry.tile().weightElements()).plus(taps)))
              .mask(masks.map(at -> place.entry().parameter(slab.times(size * LANES).plus(at))))
              .y(place.slab(geometry.step().output(), slab))
              .blockRows(strip.unit(), strip.units());
      code.when(level.equalTo(i), call::in);
    }
  }
}
