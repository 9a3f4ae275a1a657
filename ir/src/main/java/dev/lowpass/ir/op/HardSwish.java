package dev.lowpass.ir.op;

/** x · max(0, min(1, x/6 + 1/2)), as in MobileNetV3 and ONNX HardSwish. */
public record HardSwish() implements Elementwise {
  @Override
  public String mnemonic() {
    return "hard_swish";
  }

  @Override
  public Attributes attributes() {
    return Attributes.none();
  }

  @Override
  public double apply(double x) {
    return x * Math.max(0, Math.min(1, x / 6 + 0.5));
  }

  @Override
  public boolean leavesZeros() {
    return true;
  }
}
