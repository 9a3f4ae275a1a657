package dev.lowpass.codegen.cpu.depthwise;

import static dev.lowpass.codegen.plan.value.Layout.LANES;

import dev.lowpass.codegen.cpu.choice.Knob;
import dev.lowpass.codegen.cpu.kernel.BuiltKernel;
import dev.lowpass.codegen.cpu.kernel.map.DepthwiseKernel;
import dev.lowpass.codegen.cpu.work.Workshop;
import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;

/**
 * Depthwise convolution alone.
 *
 * @param taps where the taps of all slabs begin in the parameters
 */
record SpatialOutput(DepthwiseGeometry geometry, int taps, BuiltKernel<DepthwiseKernel.Call> kernel)
    implements DepthwiseOutput {
  static SpatialOutput of(Workshop workshop, DepthwiseGeometry geometry, int taps) {
    DepthwiseKernel kernel = new DepthwiseKernel(geometry.tile(), LANES, workshop.chosen(Knob.COLUMNS), 0);
    return new SpatialOutput(geometry, taps, workshop.kernel("depthwise", kernel));
  }

  @Override
  public void write(Code code, Placement place, Expr map, Expr slab, DepthwisePlan.Words strip) {
    kernel
        .call()
        .map(map, strip.mapRow())
        .taps(place.entry().parameter(slab.times(geometry.tile().weightElements()).plus(taps)))
        .y(place.slab(geometry.step().output(), slab))
        .rows(strip.unit(), strip.units())
        .in(code);
  }
}
