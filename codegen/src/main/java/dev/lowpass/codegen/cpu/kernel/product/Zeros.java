package dev.lowpass.codegen.cpu.kernel.product;

import dev.lowpass.passes.machine.Machine;

/** What a product does about the zeros in what it reads. */
public enum Zeros {
  /** They are multiplied as anything else. */
  MULTIPLIED,
  /** They are left out, where the rows of a tile have them in common. */
  SKIPPED;

  /**
   * A kernel for what {@code dense} computes.
   *
   * @param factors what is multiplied by
   */
  public PanelKernel kernel(ProductKernel dense, Factors factors, Machine machine) {
    return switch (this) {
      case MULTIPLIED -> factors.kernel(dense, machine);
      case SKIPPED -> SkippingKernel.of(machine, dense, factors.channels());
    };
  }

  /** Panels for {@code factors}, the last of which may be one of pairs where channels always come in pairs. */
  public Panels panels(Factors factors, int vectors, boolean even) {
    boolean pairs = even && this == MULTIPLIED && !factors.areRounded();
    return new Panels(factors.outputs(), factors.channels(), vectors, pairs, factors.precision());
  }

  /** Elements of scratch that a call takes for its list, at most. */
  public int scratch(int channels) {
    return switch (this) {
      case MULTIPLIED -> 0;
      case SKIPPED -> SkippingKernel.listed(channels);
    };
  }
}
