package dev.lowpass.ir;

import java.util.Arrays;
import java.util.Optional;

/**
 * In which numbers a layer multiplies. Whatever it is, sums and everything else are single precision, and so is what
 * lies in memory between layers.
 */
public enum Precision {
  /** Input and weights as they are. */
  FLOAT32(ElementType.F32),
  /** Input and weights rounded to the nearest bfloat16, the upper half of a float32: 8 bits of the fraction's 24 are left. */
  BFLOAT16(ElementType.BF16);

  private final ElementType factors;

  Precision(ElementType factors) {
    this.factors = factors;
  }

  /** The precision that {@code word} names, if it names one. */
  public static Optional<Precision> of(String word) {
    return Arrays.stream(values()).filter(precision -> precision.toString().equals(word)).findFirst();
  }

  /** {@code value} as a layer of this precision multiplies it. */
  public float rounded(float value) {
    return factors.rounded(value);
  }

  /** As IR and the command line write it. */
  @Override
  public String toString() {
    return factors.toString();
  }
}
