package dev.lowpass.codegen.cpu.block;

import dev.lowpass.codegen.cpu.work.Entry;
import dev.lowpass.codegen.plan.value.Layout;
import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;
import java.util.function.UnaryOperator;

/** Makes rows of the map that a fused block's depthwise convolution reads, one panel of slabs at a time. */
interface BlockProducer {
  /**
   * Some slabs of the map, made at once.
   *
   * @param index how many panels of {@link #vectors()} slabs come before it
   * @param lanes of its slabs: all of {@link #vectors()} slabs, or fewer in the last panel
   */
  record Panel(Expr index, int lanes) {
    int slabs() {
      return Math.ceilDiv(lanes, Layout.LANES);
    }
  }

  /** Rows {@code from} to {@code from + count} of image {@code image}. */
  record Rows(Expr image, Expr from, Expr count) {}

  /** Slabs of a whole panel. */
  int vectors();

  /** Writes code that comes before all panels of some rows. */
  void begin(Code code, Entry entry, Rows rows);

  /**
   * Writes code for some rows of a panel.
   *
   * @param target the address of an element, counted from the panel's first in row {@code from}
   */
  void write(Code code, Entry entry, Panel panel, Rows rows, UnaryOperator<Expr> target);
}
