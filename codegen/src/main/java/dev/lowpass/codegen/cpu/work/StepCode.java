package dev.lowpass.codegen.cpu.work;

import dev.lowpass.codegen.tir.Code;

/**
 * The phases of one step: calls of kernels, with weights and tables already in place. Only what was prepared once is the
 * same.
 */
public interface StepCode {
  void write(Code code, Entry entry);
}
