package dev.lowpass.codegen.element;

import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.codegen.tir.math.Approximations;
import dev.lowpass.codegen.tir.math.Intrinsics;
import dev.lowpass.codegen.tir.math.Inverses;
import dev.lowpass.codegen.tir.math.Logarithms;
import dev.lowpass.ir.op.MathFunction;

/** Functions of one element without parameters as expressions over scalars or vectors. */
final class MathFunctions {
  private MathFunctions() {}

  static Expr apply(MathFunction.Kind kind, Expr operand) {
    return operand.once(x -> ofOne(kind, x));
  }

  private static Expr ofOne(MathFunction.Kind kind, Expr x) {
    return switch (kind) {
      case ABS -> x.type().isFloat() ? Intrinsics.abs(x) : x.lessThan(0).select(x.negate(), x);
      case NEG -> x.negate();
      case SIGN -> sign(x);
      case EXP -> Intrinsics.exp(x);
      case LOG -> Intrinsics.log(x);
      case SQRT -> Intrinsics.sqrt(x);
      case RECIPROCAL -> Expr.constant(x.type(), 1).over(x);
      case FLOOR -> Intrinsics.floor(x);
      case CEIL -> Intrinsics.ceil(x);
      case ROUND -> Intrinsics.roundEven(x);
      case SIN -> Intrinsics.sin(x);
      case COS -> Intrinsics.cos(x);
      case TAN -> Intrinsics.sin(x).over(Intrinsics.cos(x));
      case ASIN -> Inverses.asin(x);
      case ACOS -> Inverses.acos(x);
      case ATAN -> Inverses.atan(x);
      case SINH -> Logarithms.sinh(x);
      case COSH -> Logarithms.cosh(x);
      case TANH -> Approximations.tanh(x);
      case ASINH -> Logarithms.asinh(x);
      case ACOSH -> Logarithms.acosh(x);
      case ATANH -> Logarithms.atanh(x);
      case ERF -> Approximations.erf(x);
      case GELU -> Approximations.erf(x.times(Math.sqrt(0.5))).plus(1).times(x).times(0.5);
      case GELU_TANH -> geluByTanh(x);
      case SOFTPLUS -> Logarithms.softplus(x);
      case SOFTSIGN -> x.over(Intrinsics.abs(x).plus(1));
      case MISH -> x.times(Approximations.tanh(Logarithms.softplus(x)));
      case SWISH -> x.times(Approximations.sigmoid(x));
    };
  }

  private static Expr sign(Expr x) {
    Expr one = Expr.constant(x.type(), 1);
    Expr above = Expr.constant(x.type(), 0).lessThan(x).select(one, x);
    return isUnsigned(x) ? above : x.lessThan(0).select(Expr.constant(x.type(), -1), above);
  }

  private static boolean isUnsigned(Expr x) {
    return x.type().kind() == 1;
  }

  /** As x times a sigmoid: (1 + tanh u) / 2 = sigmoid(2 u). */
  private static Expr geluByTanh(Expr x) {
    Expr twice = x.times(x).times(0.044715).plus(1).times(x).times(2 * Math.sqrt(2 / Math.PI));
    return x.times(Approximations.sigmoid(twice));
  }
}
