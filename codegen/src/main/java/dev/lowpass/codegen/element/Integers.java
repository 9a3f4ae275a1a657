package dev.lowpass.codegen.element;

import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.codegen.tir.math.Intrinsics;
import dev.lowpass.ir.op.Bitwise;
import dev.lowpass.runtime.tvm.DataType;

/** Functions of integers for which a processor may stop, or do anything, where they have no result. */
final class Integers {
  private static final double MOST_POWER = 0x1p62;

  private Integers() {}

  /**
   * a / b towards zero; 0 where b is 0, and the least number again where the result would be its negative. TVM drops a
   * guard inside what another one guards, so that there is one only: a factor takes the place of such divisors.
   */
  static Expr quotient(Expr a, Expr b) {
    Expr one = Expr.constant(a.type(), 1);
    // All ones are -1 of a signed type; of an unsigned one the product is the quotient's negative, so they divide.
    Expr unusual = isSigned(a) ? b.equalTo(0).or(b.plus(1).equalTo(0)) : b.equalTo(0);
    return a.over(unusual.select(one, b)).times(unusual.select(b, one));
  }

  /**
   * a to the power of b, by double precision: exact up to 53 bits, and of no meaning beyond 62. It wraps as a number of 64
   * bits: a conversion to fewer may give anything for what they cannot hold.
   */
  static Expr power(Expr a, Expr b) {
    Expr power = Intrinsics.pow(a.cast(DataType.F64), b.cast(DataType.F64)).clip(-MOST_POWER, MOST_POWER);
    return power.cast(DataType.I64).cast(a.type().withLanes(1));
  }

  /** What division towards zero leaves: a where b is 0. */
  static Expr remainder(Expr a, Expr b) {
    return a.minus(quotient(a, b).times(b));
  }

  /** What division towards minus infinity leaves, of b's sign: a where b is 0. */
  static Expr modulus(Expr a, Expr b) {
    Expr rest = remainder(a, b);
    if (!isSigned(a)) {
      return rest;
    }
    Expr least = Expr.constant(a.type(), 0);
    Expr other = rest.lessThan(0).select(least.lessThan(b), b.lessThan(0));
    return rest.equalTo(0).not().and(other).select(rest.plus(b), rest);
  }

  /** Of truth values by way of bytes: as conditions TVM would turn them about, which is wrong where NaN is compared. */
  static Expr bitwise(Bitwise.Kind kind, Expr a, Expr b) {
    if (a.type().withLanes(1).equals(DataType.BOOL)) {
      return bitwise(kind, a.cast(DataType.U8), b.cast(DataType.U8)).equalTo(0).not();
    }
    return switch (kind) {
      case AND -> bits("tir.bitwise_and", a, b);
      case OR -> bits("tir.bitwise_or", a, b);
      case XOR -> bits("tir.bitwise_xor", a, b);
      case SHIFT_LEFT -> shift("tir.shift_left", a, b);
      case SHIFT_RIGHT -> shift("tir.shift_right", a, b);
    };
  }

  /** Zero where more is shifted than there is. Narrow numbers are shifted as wide ones: devices choose between no others. */
  private static Expr shift(String operator, Expr a, Expr b) {
    if (a.type().bits() < Integer.SIZE) {
      Expr wide = a.cast(DataType.U32);
      Expr places = b.cast(DataType.U32).min(Integer.SIZE - 1);
      return bits(operator, wide, places).cast(a.type().withLanes(1));
    }
    Expr fits = b.lessThan(a.type().bits());
    Expr zero = Expr.constant(a.type(), 0);
    return fits.select(bits(operator, a, fits.select(b, Expr.constant(b.type(), 0))), zero);
  }

  private static Expr bits(String operator, Expr a, Expr b) {
    int lanes = Math.max(a.lanes(), b.lanes());
    return Expr.intrinsic(operator, a.type().withLanes(lanes), a.broadcast(lanes), b.broadcast(lanes));
  }

  private static boolean isSigned(Expr x) {
    return x.type().kind() == 0;
  }
}
