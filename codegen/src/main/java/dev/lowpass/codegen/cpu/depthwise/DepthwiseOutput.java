package dev.lowpass.codegen.cpu.depthwise;

import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;

/** What a fused depthwise step does with a slab of its map, strip by strip. */
interface DepthwiseOutput {
  /** @param map the address of the map, or of the part of it that the strip says it is */
  void write(Code code, Placement place, Expr map, Expr slab, DepthwisePlan.Words strip);
}
