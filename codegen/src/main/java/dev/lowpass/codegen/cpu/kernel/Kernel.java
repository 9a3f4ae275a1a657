package dev.lowpass.codegen.cpu.kernel;

import dev.lowpass.codegen.tir.Function;

/**
 * What a kernel is made for. Two that are equal are made once.
 *
 * @param <C> how it is called
 */
public interface Kernel<C extends KernelCall> {
  Function build(String name);

  /** A call of what was built, without arguments as yet. */
  C call(Function built);
}
