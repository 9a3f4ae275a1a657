package dev.lowpass.ir.op;

import dev.lowpass.ir.Precision;

/**
 * x as a number of 16 bits holds it. Its result is of the type of x: what lies in memory may be half as large, and what is
 * computed of it is not computed otherwise.
 */
public record Narrowing(Precision precision) implements Elementwise {
  public Narrowing {
    if (precision.width() != Short.SIZE) {
      throw new IllegalArgumentException("narrow to fp16 or bf16, not " + precision);
    }
  }

  static Narrowing parse(Attributes attributes) {
    return new Narrowing(attributes.precision());
  }

  @Override
  public String mnemonic() {
    return "narrow";
  }

  @Override
  public Attributes attributes() {
    return Attributes.none().with(precision);
  }

  @Override
  public double apply(double x) {
    return precision.rounded((float) x);
  }
}
