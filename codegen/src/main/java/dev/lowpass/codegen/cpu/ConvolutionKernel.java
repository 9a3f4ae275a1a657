package dev.lowpass.codegen.cpu;

import static dev.lowpass.codegen.plan.Layout.LANES;

import dev.lowpass.codegen.emit.RegisterPool;
import dev.lowpass.codegen.element.Vectors;
import dev.lowpass.codegen.tvm.Buffer;
import dev.lowpass.codegen.tvm.Code;
import dev.lowpass.codegen.tvm.Expr;
import dev.lowpass.codegen.tvm.Function;
import dev.lowpass.codegen.tvm.Parameter;
import dev.lowpass.codegen.tvm.Register;
import dev.lowpass.codegen.tvm.Var;
import dev.lowpass.ir.op.Elementwise;
import dev.lowpass.ir.op.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A direct convolution of one panel of output channels: runs of neighbouring outputs in registers, looping over channels and taps.
 *
 * <p>C signature: (x, w, b, [residual], y, row, rows): {@code x} is one image, {@code y} and {@code residual} the panel's first slab,
 * {@code row} the first output row. Weights are packed [channel · taps][vector · 16 + lane].
 *
 * @param geometry the window on its map
 * @param rowMajor whether x is [channels][height][width], else slabs
 */
record ConvolutionKernel(
    DepthwiseTile geometry,
    int channels,
    boolean rowMajor,
    int columns,
    int vectors,
    boolean residual,
    List<Elementwise> activation) {

  Function build(String name) {
    return new Writer(this).build(name);
  }

  /** Channels up to which the loop over them is written out: the three of an image. */
  private static final int MOST_UNROLLED_CHANNELS = 4;

  /** The buffers of one kernel while it is written. */
  private static final class Writer {
    private final ConvolutionKernel kernel;
    private final DepthwiseTile geometry;
    private final Window window;
    private final Buffer x = Buffer.f32("x", Integer.MAX_VALUE);
    private final Buffer w = Buffer.f32("w", Integer.MAX_VALUE);
    private final Buffer b = Buffer.f32("b", Integer.MAX_VALUE);
    private final Buffer added = Buffer.f32("residual", Integer.MAX_VALUE);
    private final Buffer y = Buffer.f32("y", Integer.MAX_VALUE);

    Writer(ConvolutionKernel kernel) {
      this.kernel = kernel;
      this.geometry = kernel.geometry;
      this.window = kernel.geometry.window();
    }

    Function build(String name) {
      Var first = Var.i32("row");
      Var rows = Var.i32("rows");
      List<Parameter> parameters = new ArrayList<>(List.of(x, w, b));
      if (kernel.residual) {
        parameters.add(added);
      }
      parameters.addAll(List.of(y, first, rows));
      return Function.kernel(
          name,
          parameters,
          Code.of(
              code ->
                  code.loop(
                      "index",
                      rows,
                      (rowCode, index) -> {
                        Var row = rowCode.let("outputRow", first.plus(index));
                        // Rows whose taps all lie on the map need no branches; they are nearly all.
                        rowCode.when(
                            touchesNoBorder(row),
                            inner -> tiles(inner, row, false),
                            border -> tiles(border, row, true));
                      })));
    }

    private Expr touchesNoBorder(Expr row) {
      Expr top = row.times(window.stride(0)).minus(window.before(0));
      return top.atLeast(0).and(top.plus(window.reach(0) - 1).lessThan(geometry.height()));
    }

    private void tiles(Code code, Expr row, boolean guarded) {
      geometry.forEachTile(code, kernel.columns, (body, place) -> tile(body, row, place, guarded));
    }

    private void tile(Code code, Expr row, DepthwiseTile.Place place, boolean guarded) {
      Register[][] sums = new Register[place.count()][kernel.vectors];
      for (Register[] sum : sums) {
        for (int v = 0; v < kernel.vectors; v++) {
          sum[v] = code.register("sum", RegisterPool.VECTOR);
          code.add(sum[v].set(b.load(Expr.i32(v * LANES), LANES)));
        }
      }
      int map = geometry.height() * geometry.width();
      if (kernel.rowMajor && kernel.channels <= MOST_UNROLLED_CHANNELS) {
        for (int c = 0; c < kernel.channels; c++) {
          channel(code, Expr.i32(c * map), Expr.i32(c), sums, row, place, guarded);
        }
      } else if (kernel.rowMajor) {
        code.loop(
            "channel", kernel.channels, (body, c) -> channel(body, c.times(map), c, sums, row, place, guarded));
      } else {
        int slabs = kernel.channels / LANES;
        int rest = kernel.channels % LANES;
        if (slabs > 0) {
          code.loop(
              "slab",
              slabs,
              (outer, slab) ->
                  outer.loop("lane", LANES, (body, lane) -> channelOfSlab(body, slab, lane, sums, row, place, guarded)));
        }
        if (rest > 0) {
          code.loop("lane", rest, (body, lane) -> channelOfSlab(body, Expr.i32(slabs), lane, sums, row, place, guarded));
        }
      }
      finish(code, sums, row, place);
    }

    private void channelOfSlab(
        Code code,
        Expr slab,
        Expr lane,
        Register[][] sums,
        Expr row,
        DepthwiseTile.Place place,
        boolean guarded) {
      Expr base = slab.times(geometry.height() * geometry.width() * LANES).plus(lane);
      channel(code, base, slab.times(LANES).plus(lane), sums, row, place, guarded);
    }

    private void channel(
        Code code,
        Expr base,
        Expr channel,
        Register[][] sums,
        Expr row,
        DepthwiseTile.Place place,
        boolean guarded) {
      for (int dy = 0; dy < window.kernel().get(0); dy++) {
        int tap = dy;
        Expr inputRow =
            row.times(window.stride(0)).plus(dy * window.dilations().get(0) - window.before(0));
        Consumer<Code> taps = inner -> taps(inner, base, channel, sums, inputRow, tap, place);
        int firstRow = dy * window.dilations().get(0) - window.before(0);
        int lastRow = (geometry.outputHeight() - 1) * window.stride(0) + firstRow;
        if (!guarded || firstRow >= 0 && lastRow < geometry.height()) {
          taps.accept(code);
        } else {
          code.when(inputRow.atLeast(0).and(inputRow.lessThan(geometry.height())), taps);
        }
      }
    }

    private void taps(
        Code code, Expr base, Expr channel, Register[][] sums, Expr inputRow, int dy, DepthwiseTile.Place place) {
      int pitch = kernel.rowMajor ? 1 : LANES;
      int kernelWidth = window.kernel().get(1);
      Expr column = place.column().times(window.stride(1)).minus(window.before(1));
      Expr start = base.plus(inputRow.times(geometry.width()).plus(column).times(pitch));
      for (int dx = 0; dx < kernelWidth; dx++) {
        Expr position = channel.times(geometry.taps()).plus(dy * kernelWidth + dx);
        Var[] weights = new Var[kernel.vectors];
        for (int v = 0; v < kernel.vectors; v++) {
          Expr at = position.times(kernel.vectors * LANES).plus(v * LANES);
          weights[v] = code.let("w" + v, w.load(at, LANES));
        }
        for (int q = 0; q < sums.length; q++) {
          int offset = q * window.stride(1) + dx * window.dilations().get(1);
          int absolute = place.known() * window.stride(1) - window.before(1) + offset;
          if (place.known() >= 0 && (absolute < 0 || absolute >= geometry.width())) {
            continue;
          }
          Var sample = code.let("x", x.load(start.plus(offset * pitch)));
          for (int v = 0; v < kernel.vectors; v++) {
            code.add(sums[q][v].add(sample.times(weights[v])));
          }
        }
      }
    }

    private void finish(Code code, Register[][] sums, Expr row, DepthwiseTile.Place place) {
      int slab = geometry.outputHeight() * geometry.outputWidth() * LANES;
      for (int q = 0; q < sums.length; q++) {
        Expr at = row.times(geometry.outputWidth()).plus(place.column()).plus(q).times(LANES);
        for (int v = 0; v < kernel.vectors; v++) {
          Expr value = sums[q][v].get();
          Expr total = kernel.residual ? value.plus(added.load(at.plus(v * slab), LANES)) : value;
          code.store(y, at.plus(v * slab), Vectors.apply(kernel.activation, total));
        }
      }
    }
  }
}
