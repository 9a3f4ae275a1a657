package dev.lowpass.codegen.cpu;

import dev.lowpass.codegen.tvm.Code;
import dev.lowpass.codegen.tvm.Expr;
import java.util.function.Function;

/** Makes rows of the map that a fused block's depthwise convolution reads. */
interface BlockProducer {
  /**
   * Writes code for {@code count} rows from row {@code from} of image {@code image}.
   *
   * @param target the address of an element, counted from the first of row {@code from} in the first slab of the ring
   */
  void write(Code code, Entry entry, Expr image, Expr from, Expr count, Function<Expr, Expr> target);
}
