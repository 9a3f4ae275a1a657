package dev.lowpass.codegen.cuda;

import static dev.lowpass.codegen.plan.value.Layout.LANES;

/** How a product is cut: a group of work-items computes {@link #rows} of the output times {@link #channels}. */
sealed interface Tile permits ProductTile, TensorTile {
  /** Groups that keep a large device busy: where a tile leaves fewer, a smaller one is taken. */
  int GROUPS_WANTED = 132;

  int rows();

  int channels();

  /**
   * Into how many parts the numbers of each turn are cut, for as many items each: where there are few rows, many items wait
   * for memory at the same time.
   */
  int parts();

  /** Slabs of a row that a turn stages. */
  int slabs();

  /** Items that together have each sum once. */
  int itemsOfPart();

  default int items() {
    return itemsOfPart() * parts();
  }

  /** Numbers of a row that a turn stages. */
  default int depth() {
    return slabs() * LANES;
  }

  /** Whether it leaves enough groups of a product of so many rows and outputs, in lanes, and is not twice too wide. */
  default boolean suits(long rows, int lanes) {
    long groups = Math.ceilDiv(rows, rows()) * Math.ceilDiv(lanes, channels());
    return channels() < 2 * lanes && groups >= GROUPS_WANTED;
  }
}
