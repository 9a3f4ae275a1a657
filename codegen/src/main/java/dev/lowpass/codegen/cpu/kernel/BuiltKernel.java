package dev.lowpass.codegen.cpu.kernel;

import dev.lowpass.codegen.tir.Function;

/** A kernel that can be called. */
public record BuiltKernel<C extends KernelCall>(Kernel<C> kernel, Function function) {
  /** A new call, without arguments as yet. */
  public C call() {
    return kernel.call(function);
  }
}
