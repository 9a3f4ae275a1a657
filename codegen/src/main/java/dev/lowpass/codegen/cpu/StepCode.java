package dev.lowpass.codegen.cpu;

import dev.lowpass.codegen.tvm.Code;

/**
 * The entry's part of one step: calls of kernels, with weights and tables already in place. Written once into every
 * entry function.
 */
interface StepCode {
  void write(Code code, Entry entry);
}
