package dev.lowpass.ir.op;

import java.util.Optional;

/** max(0, min(1, alpha · x + beta)). */
public record HardSigmoid(float alpha, float beta) implements Elementwise {
  static HardSigmoid parse(Attributes attributes) {
    return new HardSigmoid((float) attributes.real("alpha"), (float) attributes.real("beta"));
  }

  @Override
  public String mnemonic() {
    return "hard_sigmoid";
  }

  @Override
  public Attributes attributes() {
    return Attributes.none().with("alpha", (double) alpha).with("beta", (double) beta);
  }

  @Override
  public double apply(double x) {
    return Math.max(0, Math.min(1, alpha * x + beta));
  }

  @Override
  public boolean leavesZeros() {
    return alpha != 0 || beta <= 0;
  }

  @Override
  public Optional<Clamp> clamp() {
    return alpha != 0 ? Optional.of(new Clamp(alpha, beta, 0, 1)) : Optional.empty();
  }
}
