package dev.lowpass.codegen.tir.math;

import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.runtime.tvm.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Functions that the target brings. Those of {@code libm} are called a lane at a time on processors, 6 ns each; for hot
 * loops see {@link Approximations}.
 */
public final class Intrinsics {
  private Intrinsics() {}

  /** By {@code libm}. */
  public static Expr exp(Expr x) {
    return unary("tir.exp", x);
  }

  /** By {@code libm}. */
  public static Expr log(Expr x) {
    return unary("tir.log", x);
  }

  /** By {@code libm}. */
  public static Expr sin(Expr x) {
    return unary("tir.sin", x);
  }

  /** By {@code libm}. */
  public static Expr cos(Expr x) {
    return unary("tir.cos", x);
  }

  /** By {@code libm}. */
  public static Expr pow(Expr base, Expr exponent) {
    int lanes = Math.max(base.lanes(), exponent.lanes());
    DataType type = base.type().withLanes(lanes);
    return Expr.intrinsic("tir.pow", type, base.broadcast(lanes), exponent.broadcast(lanes));
  }

  /** The greater one, and NaN where one of both is. */
  public static Expr maximum(Expr a, Expr b) {
    return a.type().isFloat() ? isNan(a).select(a, a.max(b)) : a.max(b);
  }

  /** The lesser one, and NaN where one of both is. */
  public static Expr minimum(Expr a, Expr b) {
    return a.type().isFloat() ? isNan(a).select(a, a.min(b)) : a.min(b);
  }

  /** What a quotient that is cut towards zero leaves, exactly. By {@code libm}; processors only. */
  public static Expr remainder(Expr a, Expr b) {
    int lanes = Math.max(a.lanes(), b.lanes());
    Expr dividends = a.broadcast(lanes);
    Expr divisors = b.broadcast(lanes);
    if (lanes == 1) {
      return Expr.function("fmodf", a.type(), a, b);
    }
    List<Expr> rests = new ArrayList<>();
    for (int lane = 0; lane < lanes; lane++) {
      rests.add(remainder(dividends.lane(lane), divisors.lane(lane)));
    }
    return Expr.shuffle(rests, IntStream.range(0, lanes).toArray());
  }

  /** Whether a float32 is no number. By its bits: TVM takes every number to be equal to itself. */
  public static Expr isNan(Expr x) {
    return x.reinterpret(DataType.U32).floorMod(1L << 31).atLeast(0x7F80_0001L);
  }

  /** One instruction on every target. */
  public static Expr sqrt(Expr x) {
    return unary("tir.sqrt", x);
  }

  /** One instruction on every target. */
  public static Expr floor(Expr x) {
    return unary("tir.floor", x);
  }

  /** One instruction on every target. */
  public static Expr ceil(Expr x) {
    return unary("tir.ceil", x);
  }

  /** To the nearest integer, halves to the even one. One instruction on every target. */
  public static Expr roundEven(Expr x) {
    return unary("tir.nearbyint", x);
  }

  /** One instruction on every target. */
  public static Expr abs(Expr x) {
    return unary("tir.fabs", x);
  }

  /**
   * A function of {@code libm} by its C name, such as {@code atanf}, for the rare operator without a better; processors
   * only.
   *
   * @param x a scalar
   */
  public static Expr library(String name, Expr x) {
    if (x.lanes() != 1) {
      throw new IllegalArgumentException(name + " takes a scalar, not " + x.type());
    }
    return Expr.function(name, x.type(), x);
  }

  private static Expr unary(String operator, Expr x) {
    return Expr.intrinsic(operator, x.type(), x);
  }
}
