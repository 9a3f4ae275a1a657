package dev.lowpass.codegen.gpu;

import dev.lowpass.codegen.emit.Arguments;
import dev.lowpass.codegen.tvm.Code;

/** The device kernels of one step, with weights and tables already in place. Written once into every entry function. */
interface Launch {
  void write(Code code, Arguments arguments);
}
