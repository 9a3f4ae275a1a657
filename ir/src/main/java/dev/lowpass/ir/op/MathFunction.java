package dev.lowpass.ir.op;

import java.util.Locale;
import java.util.function.DoubleUnaryOperator;

/** A function of one element without parameters that is rarely hot, by name: {@code exp}, {@code sqrt}, …. */
public record MathFunction(Kind kind) implements Elementwise {
  /** The functions. */
  public enum Kind {
    ABS(Math::abs),
    NEG(x -> -x),
    EXP(Math::exp),
    LOG(Math::log),
    SQRT(Math::sqrt),
    RECIPROCAL(x -> 1 / x),
    TANH(Math::tanh),
    FLOOR(Math::floor),
    CEIL(Math::ceil);

    private final DoubleUnaryOperator function;

    Kind(DoubleUnaryOperator function) {
      this.function = function;
    }
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
  public boolean leavesZeros() {
    return kind == Kind.FLOOR || kind == Kind.CEIL;
  }
}
