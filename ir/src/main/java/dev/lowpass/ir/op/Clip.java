package dev.lowpass.ir.op;

import java.util.Optional;

/** min(max(x, min), max); ReLU6 is clip {min = 0, max = 6}. */
public record Clip(float min, float max) implements Elementwise {
  public Clip {
    if (Float.isNaN(min) || Float.isNaN(max)) {
      throw new IllegalArgumentException("clip bounds are numbers, not [" + min + ", " + max + "]");
    }
  }

  static Clip parse(Attributes attributes) {
    return new Clip((float) attributes.real("min"), (float) attributes.real("max"));
  }

  @Override
  public String mnemonic() {
    return "clip";
  }

  @Override
  public Attributes attributes() {
    return Attributes.none().with("min", (double) min).with("max", (double) max);
  }

  @Override
  public double apply(double x) {
    return Math.min(Math.max(x, min), max);
  }

  @Override
  public boolean leavesZeros() {
    return min == 0 || max == 0;
  }

  @Override
  public Optional<Clamp> clamp() {
    return min <= max ? Optional.of(Clamp.between(min, max)) : Optional.empty();
  }
}
