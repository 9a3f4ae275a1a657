package dev.lowpass.ir.op;

import java.util.Optional;

/** max(x, 0). */
public record Relu() implements Elementwise {
  @Override
  public String mnemonic() {
    return "relu";
  }

  @Override
  public Attributes attributes() {
    return Attributes.none();
  }

  @Override
  public double apply(double x) {
    return Math.max(x, 0);
  }

  @Override
  public boolean takesIntegers() {
    return true;
  }

  @Override
  public boolean leavesZeros() {
    return true;
  }

  @Override
  public Optional<Clamp> clamp() {
    return Optional.of(Clamp.between(0, Double.POSITIVE_INFINITY));
  }
}
