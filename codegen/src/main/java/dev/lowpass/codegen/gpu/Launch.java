package dev.lowpass.codegen.gpu;

import dev.lowpass.codegen.emit.Arguments;
import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;

/**
 * One step's launch of a device kernel, with weights and tables already in place. Steps of equal {@link #kernel} share
 * one kernel, which a driver compiles once, and differ in the {@link #numbers} that they pass to it.
 */
interface Launch {
  /** What the kernel is. */
  Object kernel();

  /** What this step tells the kernel: the same names for all steps of one kernel. */
  LaunchNumbers<Integer> numbers(Arguments arguments);

  /** Writes the kernel; {@code numbers} stands for those of whichever step is launched. */
  void write(Code code, Arguments arguments, LaunchNumbers<Expr> numbers);
}
