package dev.lowpass.ir.op;

import java.util.Locale;
import java.util.function.DoubleUnaryOperator;

/** A function of one element without parameters that is rarely hot, by name: {@code exp}, {@code sqrt}, …. */
public record MathFunction(Kind kind) implements Elementwise {
  /** From here on x + √(x² ± 1) is 2 x in double precision. */
  private static final double LARGE = 1e9;

  /** The functions. */
  public enum Kind {
    ABS(Math::abs),
    NEG(x -> -x),
    /** -1, 0 or 1; NaN of NaN. */
    SIGN(Math::signum),
    EXP(Math::exp),
    LOG(Math::log),
    SQRT(Math::sqrt),
    RECIPROCAL(x -> 1 / x),
    FLOOR(Math::floor),
    CEIL(Math::ceil),
    /** To the nearest whole number, halves to the even one. */
    ROUND(Math::rint),
    SIN(Math::sin),
    COS(Math::cos),
    TAN(Math::tan),
    ASIN(Math::asin),
    ACOS(Math::acos),
    ATAN(Math::atan),
    SINH(Math::sinh),
    COSH(Math::cosh),
    TANH(Math::tanh),
    ASINH(x -> Math.copySign(asinh(Math.abs(x)), x)),
    ACOSH(x -> x > LARGE ? Math.log(x) + Math.log(2) : Math.log1p(x - 1 + Math.sqrt((x - 1) * (x + 1)))),
    ATANH(x -> 0.5 * Math.log1p(2 * x / (1 - x))),
    ERF(ErrorFunction::erf),
    /** x · P(X ≤ x) of a standard normal X: x / 2 · (1 + erf(x / √2)). */
    GELU(x -> 0.5 * x * ErrorFunction.erfc(-x / Math.sqrt(2))),
    /** The approximation x / 2 · (1 + tanh(√(2 / π) · (x + 0.044715 · x³))). */
    GELU_TANH(x -> x / (1 + Math.exp(-2 * Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)))),
    /** log(1 + e^x). */
    SOFTPLUS(MathFunction::softplus),
    /** x / (1 + |x|). */
    SOFTSIGN(x -> x / (1 + Math.abs(x))),
    /** x · tanh(softplus(x)). */
    MISH(x -> x * Math.tanh(softplus(x))),
    /** x · sigmoid(x). */
    SWISH(x -> x / (1 + Math.exp(-x)));

    private final DoubleUnaryOperator function;

    Kind(DoubleUnaryOperator function) {
      this.function = function;
    }
  }

  private static double asinh(double x) {
    return x > LARGE ? Math.log(x) + Math.log(2) : Math.log1p(x + x * x / (1 + Math.sqrt(x * x + 1)));
  }

  private static double softplus(double x) {
    return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
  }

  @Override
  public String mnemonic() {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public Attributes attributes() {
    return Attributes.none();
  }

  @Override
  public double apply(double x) {
    return kind.function.applyAsDouble(x);
  }

  @Override
  public boolean takesIntegers() {
    return kind == Kind.ABS || kind == Kind.NEG || kind == Kind.SIGN;
  }

  @Override
  public boolean leavesZeros() {
    return kind == Kind.FLOOR || kind == Kind.CEIL || kind == Kind.ROUND;
  }
}
