package dev.lowpass.codegen.element;

import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;

/** Independent items of work that together are a step. */
public interface ElementFunction {
  /** Number of items. */
  long count();

  /** How much work an item is, in elements that are read. */
  default long weight() {
    return 1;
  }

  /** Writes the code of item {@code index}, which stores its part of the output. */
  void write(Code code, Memory memory, Expr index);
}
