package dev.lowpass.codegen.cpu.choice;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Something about a step's code that may vary without changing what the step computes. Which steps have which, their
 * {@link Knobs} say.
 */
public enum Knob {
  /** Positions in the register tile of a product or a convolution. */
  ROWS(1, 32, false),
  /** Vectors of output channels in that register tile, and in a panel of its weights. */
  VECTORS(1, 12, false),
  /** {@link #ROWS} of a fused block's projection. */
  PROJECT_ROWS(1, 32, false),
  /** {@link #VECTORS} of a fused block's projection. */
  PROJECT_VECTORS(1, 12, false),
  /** Neighbouring outputs that a depthwise kernel keeps in registers. */
  COLUMNS(1, 28, false),
  /** Positions that a strip should have. */
  STRIP(1, 1 << 14, false),
  /** Whether the next panel's weights are fetched while this one's are in use: 0 or 1. */
  AHEAD(0, 1, false),
  /**
   * Whether a product takes seven products of halves in place of eight: 0 or 1. No matter where workers share out the
   * channels in between.
   */
  STRASSEN(0, 1, false),
  /** Outputs along a side of a tile of a convolution by Winograd's algorithm: 2 or 4; else it is direct. */
  WINOGRAD(0, 4, false),
  /** Whether a product leaves out channels that are zero in all rows of a register tile: 0 or 1. */
  SKIP(0, 1, false),
  /** Tasks that a product is cut into where it is large enough. */
  TASKS(1, 1 << 12, true),
  /** Whether workers share out a projection's channels, where they may, and not its tasks: 0 or 1. */
  SPLIT(0, 1, true);

  private final int least;
  private final int most;
  private final boolean aboutThreads;

  Knob(int least, int most, boolean aboutThreads) {
    this.least = least;
    this.most = most;
    this.aboutThreads = aboutThreads;
  }

  /** Whether code is right with this value, if not sensible: what bounds a record that nobody vouches for. */
  boolean allows(int value) {
    return value >= least && value <= most;
  }

  /** Whether it is there for several threads, and to be judged by their time. */
  public boolean isAboutThreads() {
    return aboutThreads;
  }

  static Optional<Knob> named(String name) {
    return Arrays.stream(values()).filter(knob -> knob.toString().equals(name)).findFirst();
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
