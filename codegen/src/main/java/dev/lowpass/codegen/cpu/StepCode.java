package dev.lowpass.codegen.cpu;

import dev.lowpass.codegen.tvm.Code;

/**
 * The entry's part of one step: calls of kernels, with weights and tables already in place. Written once into every
 * entry function.
 */
interface StepCode {
  void write(Code code, Entry entry);

  /** Whether it goes on in the last phase of the step before: see {@link Entry#join}. */
  default boolean joins() {
    return false;
  }

  /** {@code code}, joining. */
  static StepCode joining(StepCode code) {
    return new StepCode() {
      @Override
      public void write(Code body, Entry entry) {
        code.write(body, entry);
      }

      @Override
      public boolean joins() {
        return true;
      }
    };
  }
}
