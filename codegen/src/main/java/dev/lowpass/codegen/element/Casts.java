package dev.lowpass.codegen.element;

import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.codegen.tir.math.HalfPrecision;
import dev.lowpass.codegen.tir.math.Intrinsics;
import dev.lowpass.ir.ElementType;
import dev.lowpass.runtime.tvm.DataType;

/** Numbers of one type as numbers of another, as {@link dev.lowpass.ir.op.Cast} says. */
final class Casts {
  /** The first number beyond 64 bits. */
  private static final double TOO_LARGE = 0x1p63;

  /** The largest float32 that fits. */
  private static final double LARGEST = 0x1.fffffep62;

  private Casts() {}

  static Expr apply(ElementType from, ElementType to, Expr x) {
    if (to == ElementType.BOOL) {
      return from == ElementType.BOOL ? x : isTrue(from, x);
    }
    Expr number = from == ElementType.BOOL ? x.cast(DataType.I32) : x;
    if (to.isFloating()) {
      return rounded(to, number.cast(DataType.F32));
    }
    return from.isFloating() ? whole(number, to) : number.cast(Encoded.computed(to));
  }

  /** Whether {@code x} is not 0; NaN is not, by its bits. */
  private static Expr isTrue(ElementType from, Expr x) {
    Expr magnitude = from.isFloating() ? x.reinterpret(DataType.U32).floorMod(1L << 31) : x;
    return magnitude.equalTo(0).not();
  }

  private static Expr rounded(ElementType to, Expr x) {
    return switch (to) {
      case F16 -> HalfPrecision.fromHalf(HalfPrecision.toHalf(x));
      case BF16 -> HalfPrecision.fromBfloat(HalfPrecision.toBfloat(x));
      case F32, F64 -> x;
      case I8, U8, I16, U16, I32, U32, I64, U64, BOOL -> throw new IllegalArgumentException(to + " has no fractions");
    };
  }

  /** A processor may make anything of a number that does not fit, so that none is given to it. */
  private static Expr whole(Expr x, ElementType to) {
    Expr zero = Expr.constant(x.type(), 0);
    Expr least = Expr.constant(x.type(), -TOO_LARGE);
    Expr number = Intrinsics.isNan(x).select(zero, x);
    Expr large = number.atLeast(TOO_LARGE);
    Expr fitting = large.select(zero, number.lessThan(-TOO_LARGE).select(least, number)).cast(DataType.I64);
    Expr most = Expr.constant(DataType.I64.withLanes(x.lanes()), TOO_LARGE);
    Expr rest = large.select(number.minus(TOO_LARGE).min(LARGEST), zero).cast(DataType.I64);
    Expr beyond = to == ElementType.U64 ? rest.plus(Expr.constant(most.type(), -TOO_LARGE)) : most;
    return large.select(beyond, fitting).cast(Encoded.computed(to));
  }
}
