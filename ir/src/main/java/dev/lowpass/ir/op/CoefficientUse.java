package dev.lowpass.ir.op;

import java.util.List;

/** What an operator does where it could read the coefficients of a block transform in place of samples. */
public sealed interface CoefficientUse {
  /** It reads samples only, or it is a transform itself. */
  CoefficientUse NONE = new None();

  /** It reads the DC of every channel, where blocks divide the map, and gives samples. */
  CoefficientUse DC = new Dc();

  /**
   * It means the same on coefficients as on samples, so that a transform may pass through. A block transform is linear
   * and acts on each channel alone, so whatever combines channels linearly commutes with it.
   *
   * @param operands those that become coefficients; the others (weights, scales) stay spatial
   */
  record Commutes(List<Integer> operands) implements CoefficientUse {
    public Commutes {
      operands = List.copyOf(operands);
    }
  }

  /** See {@link #NONE}. */
  record None() implements CoefficientUse {}

  /** See {@link #DC}. */
  record Dc() implements CoefficientUse {}
}
