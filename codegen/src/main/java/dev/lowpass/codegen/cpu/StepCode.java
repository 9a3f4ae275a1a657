package dev.lowpass.codegen.cpu;

import dev.lowpass.codegen.tvm.Code;

/** The phases of one step: calls of kernels, with weights and tables already in place. */
interface StepCode {
  void write(Code code, Entry entry);
}
