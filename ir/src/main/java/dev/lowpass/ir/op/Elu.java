package dev.lowpass.ir.op;

/** gamma · x where x is above 0, else gamma · alpha · (e^x - 1): ONNX Selu, and Elu with a gamma of 1. */
public record Elu(float alpha, float gamma) implements Elementwise {
  static Elu parse(Attributes attributes) {
    return new Elu((float) attributes.real("alpha"), (float) attributes.real("gamma"));
  }

  @Override
  public String mnemonic() {
    return "elu";
  }

  @Override
  public Attributes attributes() {
    return Attributes.none().with("alpha", (double) alpha).with("gamma", (double) gamma);
  }

  @Override
  public double apply(double x) {
    return x > 0 ? gamma * x : (double) gamma * alpha * Math.expm1(x);
  }

  @Override
  public boolean leavesZeros() {
    return alpha == 0 || gamma == 0;
  }
}
