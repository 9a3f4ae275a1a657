package dev.lowpass.codegen.cpu.kernel.map;

import static dev.lowpass.codegen.plan.value.Layout.LANES;

import dev.lowpass.codegen.element.Vectors;
import dev.lowpass.codegen.emit.RegisterPool;
import dev.lowpass.codegen.tir.Buffer;
import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.codegen.tir.Register;
import dev.lowpass.codegen.tir.Var;
import dev.lowpass.ir.op.Elementwise;
import dev.lowpass.ir.op.Window;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * A run of neighbouring outputs of a depthwise convolution on one slab, kept in registers. Pads are never stored: rows
 * outside the map are skipped by a branch, columns outside by not being written into the code of the first and last
 * tiles.
 *
 * @param height rows of the whole input map
 * @param width columns of the input map
 * @param outputHeight rows of the output
 * @param outputWidth columns of the output
 */
public record DepthwiseTile(
    Window window, int height, int width, int outputHeight, int outputWidth, List<Elementwise> activation) {
  public int taps() {
    return window.kernel().get(0) * window.kernel().get(1);
  }

  /** Elements of a slab's taps and bias. */
  public int weightElements() {
    return (taps() + 1) * LANES;
  }

  /** The taps and the bias of a slab's first lanes, as many as {@code pool} has, from [taps + 1][lane]. */
  Register[] weights(RegisterPool pool, Buffer packed) {
    Register[] weights = new Register[taps() + 1];
    for (int t = 0; t < weights.length; t++) {
      weights[t] = pool.holding(packed.load(Expr.i32(t * LANES), pool.lanes()));
    }
    return weights;
  }

  /**
   * Writes code for a row of tiles of {@code columns} outputs, the last one maybe shorter: {@code body} gets the column
   * of the first output, and how to compute the tile from there. Tiles that touch no border share one loop.
   */
  void forEachTile(Code code, int columns, BiConsumer<Code, Place> body) {
    int tiles = Math.ceilDiv(outputWidth, columns);
    int tile = 0;
    while (tile < tiles) {
      int end = tile;
      while (end < tiles && isInterior(end * columns, Math.min(columns, outputWidth - end * columns), columns)) {
        end++;
      }
      if (end - tile > 1) {
        int first = tile;
        code.loop(
            "columns",
            end - tile,
            (inner, index) -> {
              Var column = inner.let("column", index.plus(first).times(columns));
              body.accept(inner, new Place(column, -1, columns));
            });
        tile = end;
      } else {
        int column = tile * columns;
        body.accept(code, new Place(Expr.i32(column), column, Math.min(columns, outputWidth - column)));
        tile++;
      }
    }
  }

  private boolean isInterior(int column, int count, int columns) {
    int first = column * window.stride(1) - window.before(1);
    int last = (column + count - 1) * window.stride(1) - window.before(1) + window.reach(1) - 1;
    return count == columns && first >= 0 && last < width;
  }

  /** Where a tile starts: {@code column} as code, {@code known} as a number or -1 where it is anywhere inside. */
  record Place(Expr column, int known, int count) {}

  /** Where row {@code row} of the input lies in what the kernel was given of it. */
  interface MapRows {
    Expr of(Expr row);

    /** Rows from {@code first} on. */
    static MapRows from(Expr first) {
      return row -> row.minus(first);
    }
  }

  /** The activated outputs at {@code row} of the tile at {@code place}, in the lanes that {@code pool} has. */
  Register[] compute(
      Code code, RegisterPool pool, Buffer map, MapRows mapRows, Register[] weights, Expr row, Place place) {
    Register[] sums = new Register[place.count];
    for (int q = 0; q < sums.length; q++) {
      sums[q] = pool.holding(weights[taps()].get());
    }
    Expr column = place.column.times(window.stride(1)).minus(window.before(1));
    for (int dy = 0; dy < window.kernel().get(0); dy++) {
      int tap = dy;
      Expr inputRow = row.times(window.stride(0)).plus(dy * window.dilations().get(0) - window.before(0));
      Consumer<Code> taps =
          inner -> {
            Expr base = mapRows.of(inputRow).times(width).plus(column).times(LANES);
            addRow(inner, pool.lanes(), map, base, sums, weights, tap, place);
          };
      boolean above = dy * window.dilations().get(0) < window.before(0);
      int lastRow = (outputHeight - 1) * window.stride(0) - window.before(0) + dy * window.dilations().get(0);
      if (above && lastRow >= height) {
        code.when(inputRow.atLeast(0).and(inputRow.lessThan(height)), taps);
      } else if (above) {
        code.when(inputRow.atLeast(0), taps);
      } else if (lastRow >= height) {
        code.when(inputRow.lessThan(height), taps);
      } else {
        taps.accept(code);
      }
    }
    if (!activation.isEmpty()) {
      for (Register sum : sums) {
        code.add(sum.set(Vectors.apply(activation, sum.get())));
      }
    }
    return sums;
  }

  private void addRow(
      Code code, int lanes, Buffer map, Expr base, Register[] sums, Register[] weights, int dy, Place place) {
    int stride = window.stride(1);
    int dilation = window.dilations().get(1);
    int kernelWidth = window.kernel().get(1);
    for (int p = 0; p <= (place.count - 1) * stride + window.reach(1) - 1; p++) {
      int absolute = place.known < 0 ? -1 : place.known * stride - window.before(1) + p;
      if (place.known >= 0 && (absolute < 0 || absolute >= width)) {
        continue;
      }
      Var sample = null;
      for (int dx = 0; dx < kernelWidth; dx++) {
        int offset = p - dx * dilation;
        if (offset >= 0 && offset % stride == 0 && offset / stride < place.count) {
          if (sample == null) {
            sample = code.let("x", map.load(base.plus(p * LANES), lanes));
          }
          code.add(sums[offset / stride].add(sample.times(weights[dy * kernelWidth + dx].get())));
        }
      }
    }
  }
}
