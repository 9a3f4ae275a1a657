package dev.lowpass.codegen.tir;

/** What a function is given: memory, or a number. A parameter's name is that of its argument, see {@link Call}. */
public sealed interface Parameter permits Buffer, Var {
  String name();

  /** The variable that stands for it: a pointer for a buffer. */
  Var variable();
}
