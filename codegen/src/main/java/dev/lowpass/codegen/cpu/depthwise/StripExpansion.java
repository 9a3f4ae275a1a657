package dev.lowpass.codegen.cpu.depthwise;

import dev.lowpass.codegen.cpu.work.Entry;
import dev.lowpass.codegen.tir.Code;

/** Makes rows of a group's map from samples, strip by strip. */
interface StripExpansion {
  /** Writes what a worker does before its tasks. */
  void begin(Code code, Entry entry);

  /** @param width slabs of the group */
  void write(Code code, Placement place, DepthwisePlan.Words strip, int width);
}
