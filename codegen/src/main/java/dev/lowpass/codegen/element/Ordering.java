package dev.lowpass.codegen.element;

import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.codegen.tir.math.Intrinsics;
import dev.lowpass.ir.ElementType;
import dev.lowpass.runtime.tvm.DataType;

/** Numbers as integers in the same order, in which both zeros are one and NaN is above all. */
final class Ordering {
  private Ordering() {}

  static DataType type(ElementType element) {
    return element.isFloating() || element == ElementType.BOOL ? DataType.I32 : Encoded.computed(element);
  }

  /** The key of {@code x}, an element of type {@code element}. */
  static Expr key(ElementType element, Expr x) {
    if (!element.isFloating()) {
      return element == ElementType.BOOL ? x.cast(DataType.I32) : x;
    }
    Expr bits = x.reinterpret(DataType.I32);
    // Of negative numbers all bits but the first are the magnitude.
    Expr signed = bits.lessThan(0).select(Expr.i32(Integer.MIN_VALUE).minus(bits), bits);
    return Intrinsics.isNan(x).select(Expr.i32(Integer.MAX_VALUE), signed);
  }
}
