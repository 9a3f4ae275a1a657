package dev.lowpass.codegen.cuda;

import dev.lowpass.codegen.tir.Code;

/** One kernel with its launch. Two that write the same code share it, and differ in where their pointers point. */
interface DeviceKernel {
  Grid grid();

  /** Writes the code of the item at {@code place}. */
  void write(Code code, KernelMemory memory, Grid.Place place);
}
