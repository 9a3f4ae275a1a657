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
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
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
  /**
   * Tiles of one border that are each written out. Pads of networks touch one or two; where more do, they share a loop
   * that asks for every column whether it is there, so that code does not grow with pads and dilations.
   */
  private static final int MOST_WRITTEN_OUT = 8;

  public int taps() {
    return window.taps();
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
   * of the first output, and how to compute the tile from there. Tiles that touch no border share one loop, and so do
   * many that touch one.
   */
  void forEachTile(Code code, int columns, BiConsumer<Code, Place> body) {
    int whole = outputWidth / columns;
    int tile = 0;
    while (tile < whole) {
      boolean inside = isInside(tile * columns, columns);
      int end = tile + 1;
      while (end < whole && isInside(end * columns, columns) == inside) {
        end++;
      }
      if (end - tile > (inside ? 1 : MOST_WRITTEN_OUT)) {
        int first = tile;
        code.loop(
            "columns",
            end - tile,
            (inner, index) -> {
              Var column = inner.let("column", index.plus(first).times(columns));
              body.accept(inner, new Place(column, inside ? Place.INSIDE : Place.ANYWHERE, columns));
            });
      } else {
        for (int each = tile; each < end; each++) {
          body.accept(code, Place.at(each * columns, columns));
        }
      }
      tile = end;
    }
    if (outputWidth % columns > 0) {
      body.accept(code, Place.at(whole * columns, outputWidth % columns));
    }
  }

  private boolean isInside(int column, int count) {
    int first = column * window.stride(1) - window.before(1);
    int last = (column + count - 1) * window.stride(1) - window.before(1) + window.reach(1) - 1;
    return first >= 0 && last < width;
  }

  /**
   * Where a tile starts.
   *
   * @param column as code
   * @param known as a number, or {@link #INSIDE} or {@link #ANYWHERE}
   * @param count outputs of the tile
   */
  record Place(Expr column, int known, int count) {
    /** Somewhere where every tap lies on the map. */
    static final int INSIDE = -1;

    /** Somewhere where code must ask which taps lie on the map. */
    static final int ANYWHERE = -2;

    static Place at(int column, int count) {
      return new Place(Expr.i32(column), column, count);
    }
  }

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
      Code code, int lanes, Buffer map, Expr base, Register[] outputs, Register[] weights, int dy, Place place) {
    int stride = window.stride(1);
    int kernelWidth = window.kernel().get(1);
    taps(place.count)
        .forEach(
            (offset, taps) -> {
              int absolute = place.known * stride - window.before(1) + offset;
              Consumer<Code> sums =
                  inner -> {
                    Var sample = inner.let("x", map.load(base.plus(offset * LANES), lanes));
                    for (Tap tap : taps) {
                      inner.add(outputs[tap.output].add(sample.times(weights[dy * kernelWidth + tap.dx].get())));
                    }
                  };
              if (place.known == Place.ANYWHERE) {
                Expr column = place.column.times(stride).plus(offset - window.before(1));
                code.when(column.atLeast(0).and(column.lessThan(width)), sums);
              } else if (place.known == Place.INSIDE || absolute >= 0 && absolute < width) {
                sums.accept(code);
              }
            });
  }

  /** That an output of a tile multiplies a sample with the weight in column {@code dx} of the window. */
  private record Tap(int output, int dx) {}

  /** By the column of a sample, counted from the first that the tile reads. */
  private SortedMap<Integer, List<Tap>> taps(int outputs) {
    SortedMap<Integer, List<Tap>> taps = new TreeMap<>();
    for (int dx = 0; dx < window.kernel().get(1); dx++) {
      for (int q = 0; q < outputs; q++) {
        int offset = q * window.stride(1) + dx * window.dilations().get(1);
        taps.computeIfAbsent(offset, _ -> new ArrayList<>()).add(new Tap(q, dx));
      }
    }
    return taps;
  }
}
