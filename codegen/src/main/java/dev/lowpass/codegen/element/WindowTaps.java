package dev.lowpass.codegen.element;

import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.op.Window;

/**
 * The places of a map that a window reads.
 *
 * @param map [N, C, H, W]
 */
record WindowTaps(Window window, Shape map) {
  /** What is done at a place. */
  interface Body {
    /**
     * Writes the code for one place.
     *
     * @param tap the number of the kernel's tap, row by row
     */
    void write(Code code, Expr y, Expr x, Expr tap);
  }

  /** Writes a loop over the taps of the window of output ({@code row}, {@code column}) that lie on the map. */
  void each(Code code, Expr row, Expr column, Body body) {
    Expr top = row.times(window.stride(0)).minus(window.before(0));
    Expr left = column.times(window.stride(1)).minus(window.before(1));
    int width = window.kernel().get(1);
    code.loop(
        "dy",
        window.kernel().get(0),
        (rows, dy) ->
            rows.loop(
                "dx",
                width,
                (columns, dx) -> {
                  Expr y = columns.let("y", top.plus(dy.times(window.dilations().get(0))));
                  Expr x = columns.let("x", left.plus(dx.times(window.dilations().get(1))));
                  Expr onRows = y.atLeast(0).and(y.lessThan(map.dim(2)));
                  Expr onColumns = x.atLeast(0).and(x.lessThan(map.dim(3)));
                  columns.when(onRows.and(onColumns), then -> body.write(then, y, x, dy.times(width).plus(dx)));
                }));
  }
}
