package dev.lowpass.ir.op;

/** min(max(slope · x + offset, low), high), with slope not 0 and low at most high. */
public record Clamp(double slope, double offset, double low, double high) {
  public Clamp {
    if (slope == 0 || !(low <= high)) {
      throw new IllegalArgumentException("slope %s, bounds %s and %s".formatted(slope, low, high));
    }
  }

  /** What is below {@code low} or above {@code high} cut off, the rest as it is, without rounding. */
  static Clamp between(double low, double high) {
    return new Clamp(1, 0, low, high);
  }

  /** Whether it only cuts off. */
  public boolean onlyCuts() {
    return slope == 1 && offset == 0;
  }
}
