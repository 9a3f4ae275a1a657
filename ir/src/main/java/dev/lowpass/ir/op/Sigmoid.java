package dev.lowpass.ir.op;

/** 1 / (1 + e^-x). */
public record Sigmoid() implements Elementwise {
  @Override
  public String mnemonic() {
    return "sigmoid";
  }

  @Override
  public Attributes attributes() {
    return Attributes.none();
  }

  @Override
  public double apply(double x) {
    return 1 / (1 + Math.exp(-x));
  }
}
