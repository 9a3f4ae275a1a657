package dev.lowpass.ir.op;

/** x where it is at least 0, else alpha · x. */
public record LeakyRelu(float alpha) implements Elementwise {
  static LeakyRelu parse(Attributes attributes) {
    return new LeakyRelu((float) attributes.real("alpha"));
  }

  @Override
  public String mnemonic() {
    return "leaky_relu";
  }

  @Override
  public Attributes attributes() {
    return Attributes.none().with("alpha", (double) alpha);
  }

  @Override
  public double apply(double x) {
    return x < 0 ? alpha * x : x;
  }

  @Override
  public boolean leavesZeros() {
    return alpha == 0;
  }
}
