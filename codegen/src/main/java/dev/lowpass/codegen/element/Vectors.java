package dev.lowpass.codegen.element;

import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.codegen.tir.math.Approximations;
import dev.lowpass.codegen.tir.math.HalfPrecision;
import dev.lowpass.codegen.tir.math.Intrinsics;
import dev.lowpass.ir.Precision;
import dev.lowpass.ir.op.Binary;
import dev.lowpass.ir.op.Clip;
import dev.lowpass.ir.op.Elementwise;
import dev.lowpass.ir.op.Elu;
import dev.lowpass.ir.op.HardSigmoid;
import dev.lowpass.ir.op.HardSwish;
import dev.lowpass.ir.op.LeakyRelu;
import dev.lowpass.ir.op.MathFunction;
import dev.lowpass.ir.op.Narrowing;
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
      case LeakyRelu(float alpha) -> x.once(y -> y.lessThan(0).select(y.times(alpha), y));
      case Elu(float alpha, float gamma) -> x.once(y -> elu(alpha, gamma, y));
      case Narrowing(Precision precision) -> narrowed(precision, x);
      case MathFunction(MathFunction.Kind kind) -> MathFunctions.apply(kind, x);
    };
  }

  private static Expr narrowed(Precision precision, Expr x) {
    return switch (precision) {
      case FLOAT16 -> HalfPrecision.roundedToHalf(x);
      case BFLOAT16 -> HalfPrecision.roundedToBfloat(x);
      case FLOAT32, TF32 -> throw new IllegalArgumentException(precision + " is not narrow");
    };
  }

  private static Expr elu(float alpha, float gamma, Expr x) {
    Expr below = Approximations.exp(x.min(0)).minus(1).times((double) gamma * alpha);
    return Expr.constant(x.type(), 0).lessThan(x).select(x.times(gamma), below);
  }

  public static Expr apply(Binary.Kind kind, Expr a, Expr b) {
    return switch (kind) {
      case ADD -> a.plus(b);
      case SUB -> a.minus(b);
      case MUL -> a.times(b);
      case DIV -> a.type().isFloat() ? a.over(b) : Integers.quotient(a, b);
      case MIN -> Intrinsics.minimum(a, b);
      case MAX -> Intrinsics.maximum(a, b);
      case POW -> a.type().isFloat() ? Intrinsics.pow(a, b) : Integers.power(a, b);
      case MOD -> Integers.modulus(a, b);
      case REMAINDER -> a.type().isFloat() ? Intrinsics.remainder(a, b) : Integers.remainder(a, b);
      case PRELU -> a.lessThan(0).select(a.times(b), a);
    };
  }
}
