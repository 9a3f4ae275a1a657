package dev.lowpass.codegen.tir;

/** What a kernel is given: memory, or an integer. */
public sealed interface Parameter permits Buffer, Var {
  /** The variable that stands for it: a pointer for a buffer. */
  Var variable();
}
