package dev.lowpass.codegen.element;

import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.codegen.tir.math.Approximations;
import dev.lowpass.codegen.tir.math.Intrinsics;
import dev.lowpass.ir.op.Binary;
import dev.lowpass.ir.op.Clip;
import dev.lowpass.ir.op.Elementwise;
import dev.lowpass.ir.op.HardSigmoid;
import dev.lowpass.ir.op.HardSwish;
import dev.lowpass.ir.op.MathFunction;
import dev.lowpass.ir.op.Relu;
import dev.lowpass.ir.op.Sigmoid;
import java.util.List;

/** Functions of one and two elements as expressions over scalars or vectors. */
public final class Vectors {
  private Vectors() {}

  public static Expr apply(List<Elementwise> functions, Expr x) {
    Expr result = x;
    for (Elementwise function : functions) {
      result = apply(function, result);
    }
    return result;
  }

  public static Expr apply(Elementwise function, Expr x) {
    return switch (function) {
      case Relu _ -> x.max(0);
      case Clip(float min, float max) -> {
        Expr above = min == Float.NEGATIVE_INFINITY ? x : x.max(min);
        yield max == Float.POSITIVE_INFINITY ? above : above.min(max);
      }
      case Sigmoid _ -> Approximations.sigmoid(x);
      case HardSigmoid(float alpha, float beta) -> x.times(alpha).plus(beta).max(0).min(1);
      case HardSwish _ -> x.times(x.times(1.0 / 6).plus(0.5).max(0).min(1));
      case MathFunction(MathFunction.Kind kind) -> apply(kind, x);
    };
  }

  private static Expr apply(MathFunction.Kind kind, Expr x) {
    return switch (kind) {
      case ABS -> Intrinsics.abs(x);
      case NEG -> x.negate();
      case EXP -> Intrinsics.exp(x);
      case LOG -> Intrinsics.log(x);
      case SQRT -> Intrinsics.sqrt(x);
      case RECIPROCAL -> Expr.constant(x.type(), 1).over(x);
      case TANH -> Approximations.tanh(x);
      case FLOOR -> Intrinsics.floor(x);
      case CEIL -> Intrinsics.ceil(x);
    };
  }

  public static Expr apply(Binary.Kind kind, Expr a, Expr b) {
    return switch (kind) {
      case ADD -> a.plus(b);
      case SUB -> a.minus(b);
      case MUL -> a.times(b);
      case DIV -> a.type().isFloat() ? a.over(b) : Integers.quotient(a, b);
      case MIN -> a.min(b);
      case MAX -> a.max(b);
      case POW -> Intrinsics.pow(a, b);
    };
  }
}
