package dev.lowpass.codegen.cpu.kernel.map;

import static dev.lowpass.codegen.plan.value.Layout.LANES;

import dev.lowpass.codegen.cpu.kernel.AffineCall;
import dev.lowpass.codegen.cpu.kernel.Epilogue;
import dev.lowpass.codegen.cpu.kernel.Kernel;
import dev.lowpass.codegen.emit.RegisterPool;
import dev.lowpass.codegen.tir.Buffer;
import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.codegen.tir.Function;
import dev.lowpass.codegen.tir.Parameter;
import dev.lowpass.codegen.tir.Register;
import dev.lowpass.codegen.tir.Var;
import dev.lowpass.ir.op.Window;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * A direct convolution of one panel of output channels: runs of neighbouring outputs in registers, looping over
 * channels and taps.
 *
 * <p>C signature: (x, w, b, [residual], y, row, rows, width): {@code x} is one image, {@code y} and {@code residual}
 * the panel's first slab, {@code row} the first output row. {@code width} is that of the window: were it known, the
 * compiler would write the taps out, share samples between them, and spill. Weights are packed
 * [channel · taps][vector · 16 + lane].
 *
 * @param geometry the window on its map
 * @param outputRows rows of one slab of y and residual, its stride
 * @param columns outputs side by side in a tile of whole slabs; half a slab leaves registers for more
 * @param rows of a tile: they read a weight one after the other, while it is near. The kernel is given as many at least
 * @param lanes of all vectors of the panel; those beyond them in the last slab of y stay as they are
 */
public record ConvolutionKernel(
    DepthwiseTile geometry,
    int channels,
    Source source,
    int outputRows,
    int columns,
    int rows,
    int lanes,
    Epilogue epilogue)
    implements Kernel<ConvolutionKernel.Call> {

  /** How x lies in memory. */
  public enum Source {
    /** [channels][height][width]. */
    ROW_MAJOR,
    SLABS
  }

  /** This kernel for so many lanes of a panel that is narrower, and reads so many channels. */
  public ConvolutionKernel ofLast(int fewer, int read) {
    return new ConvolutionKernel(geometry, read, source, outputRows, columns, rows, fewer, epilogue);
  }

  /** A call for one panel of outputs. */
  public static final class Call extends AffineCall<Call> {
    private Call(Function kernel, int width) {
      super(kernel);
      pass("width", Expr.i32(width));
    }

    @Override
    protected Call self() {
      return this;
    }

    /** Rows {@code first} to {@code first + count} of the output. */
    public Call rows(Expr first, Expr count) {
      pass("row", first);
      pass("rows", count);
      return this;
    }
  }

  /** The width of the window is the kernel's own, see above. */
  @Override
  public Call call(Function built) {
    return new Call(built, geometry.window().kernel().get(1));
  }

  @Override
  public Function build(String name) {
    return new Writer(this).build(name);
  }

  private int vectors() {
    return Math.ceilDiv(lanes, LANES);
  }

  private int lanes(int vector) {
    return Math.min(LANES, lanes - vector * LANES);
  }

  /** The buffers of one kernel while it is written. */
  private static final class Writer {
    private final ConvolutionKernel kernel;
    private final DepthwiseTile geometry;
    private final Window window;
    private final Buffer x = Buffer.f32("x", Buffer.UNCHECKED);
    private final Buffer w = Buffer.f32("w", Buffer.UNCHECKED);
    private final Buffer b = Buffer.f32("b", Buffer.UNCHECKED);
    private final Buffer added = Buffer.f32("residual", Buffer.UNCHECKED);
    private final Buffer y = Buffer.f32("y", Buffer.UNCHECKED);
    private final Var windowWidth = Var.i32("width");

    Writer(ConvolutionKernel kernel) {
      this.kernel = kernel;
      this.geometry = kernel.geometry;
      this.window = kernel.geometry.window();
    }

    Function build(String name) {
      Var first = Var.i32("row");
      Var rows = Var.i32("rows");
      List<Parameter> parameters = new ArrayList<>(List.of(x, w, b));
      if (kernel.epilogue.residual()) {
        parameters.add(added);
      }
      parameters.addAll(List.of(y, first, rows, windowWidth));
      return Function.kernel(
          name,
          parameters,
          Code.of(
              code ->
                  code.loop(
                      "index",
                      tiles(rows),
                      (rowCode, index) -> {
                        Var row = rowCode.let("outputRow", first.plus(firstOfTile(index, rows)));
                        // Rows whose taps all lie on the map need no branches; they are nearly all.
                        rowCode.when(
                            touchesNoBorder(row),
                            inner -> tiles(inner, row, false),
                            border -> tiles(border, row, true));
                      })));
    }

    private Expr tiles(Expr rows) {
      return kernel.rows == 1 ? rows : rows.plus(kernel.rows - 1).floorDiv(kernel.rows);
    }

    /** The last tile may begin before the one before it ends. */
    private Expr firstOfTile(Expr index, Expr rows) {
      return kernel.rows == 1 ? index : index.times(kernel.rows).min(rows.minus(kernel.rows));
    }

    private Expr touchesNoBorder(Expr row) {
      Expr top = row.times(window.stride(0)).minus(window.before(0));
      int reach = (kernel.rows - 1) * window.stride(0) + window.reach(0);
      return top.atLeast(0).and(top.plus(reach - 1).lessThan(geometry.height()));
    }

    private void tiles(Code code, Expr row, boolean guarded) {
      int columns = kernel.columns * kernel.vectors() * LANES / kernel.lanes;
      geometry.forEachTile(code, columns, (body, place) -> tile(body, row, place, guarded));
    }

    private void tile(Code code, Expr row, DepthwiseTile.Place place, boolean guarded) {
      Register[][] sums = new Register[kernel.rows * place.count()][kernel.vectors()];
      for (Register[] sum : sums) {
        for (int v = 0; v < sum.length; v++) {
          sum[v] = code.register("sum", RegisterPool.VECTOR.withLanes(kernel.lanes(v)));
          code.add(sum[v].set(b.load(Expr.i32(v * LANES), kernel.lanes(v))));
        }
      }
      int map = geometry.height() * geometry.width();
      if (kernel.source == Source.ROW_MAJOR) {
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
                  outer.loop(
                      "lane", LANES, (body, lane) -> channelOfSlab(body, slab, lane, sums, row, place, guarded)));
        }
        if (rest > 0) {
          code.loop(
              "lane", rest, (body, lane) -> channelOfSlab(body, Expr.i32(slabs), lane, sums, row, place, guarded));
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
      for (int r = 0; r < kernel.rows; r++) {
        Register[][] ofRow = Arrays.copyOfRange(sums, r * place.count(), (r + 1) * place.count());
        channelOfRow(code, base, channel, ofRow, row.plus(r), place, guarded);
      }
    }

    private void channelOfRow(
        Code code,
        Expr base,
        Expr channel,
        Register[][] sums,
        Expr row,
        DepthwiseTile.Place place,
        boolean guarded) {
      code.loop(
          "dy",
          window.kernel().get(0),
          (rows, dy) -> {
            Expr first = row.times(window.stride(0)).minus(window.before(0));
            Expr inputRow = rows.let("inputRow", first.plus(dy.times(window.dilations().get(0))));
            Consumer<Code> taps =
                inner ->
                    inner.loop(
                        "dx",
                        windowWidth,
                        (body, dx) -> tap(body, base, channel, sums, inputRow, dy, dx, place));
            if (guarded) {
              rows.when(inputRow.atLeast(0).and(inputRow.lessThan(geometry.height())), taps);
            } else {
              taps.accept(rows);
            }
          });
    }

    private void tap(
        Code code,
        Expr base,
        Expr channel,
        Register[][] sums,
        Expr inputRow,
        Expr dy,
        Expr dx,
        DepthwiseTile.Place place) {
      int pitch = kernel.source == Source.ROW_MAJOR ? 1 : LANES;
      Expr position = channel.times(geometry.taps()).plus(dy.times(window.kernel().get(1))).plus(dx);
      Var[] weights = new Var[kernel.vectors()];
      for (int v = 0; v < weights.length; v++) {
        Expr at = position.times(weights.length * LANES).plus(v * LANES);
        weights[v] = code.let("w" + v, w.load(at, kernel.lanes(v)));
      }
      Expr column =
          place.column().times(window.stride(1)).minus(window.before(1)).plus(dx.times(window.dilations().get(1)));
      Var first = code.let("inputColumn", column);
      Expr start = base.plus(inputRow.times(geometry.width()).plus(first).times(pitch));
      for (int q = 0; q < sums.length; q++) {
        Expr loaded = x.load(start.plus(q * window.stride(1) * pitch));
        Var sample = code.let("x", touchesBorder(place, q) ? guard(first.plus(q * window.stride(1)), loaded) : loaded);
        for (int v = 0; v < weights.length; v++) {
          code.add(sums[q][v].add(sample.times(weights[v])));
        }
      }
    }

    private Expr guard(Expr column, Expr loaded) {
      return column.atLeast(0).and(column.lessThan(geometry.width())).ifThenElse(loaded, Expr.f32(0));
    }

    /** Whether some tap of output {@code q} of the tile lies beside the map. */
    private boolean touchesBorder(DepthwiseTile.Place place, int q) {
      if (place.known() < 0) {
        return place.known() == DepthwiseTile.Place.ANYWHERE;
      }
      int first = (place.known() + q) * window.stride(1) - window.before(1);
      return first < 0 || first + window.reach(1) > geometry.width();
    }

    private void finish(Code code, Register[][] sums, Expr row, DepthwiseTile.Place place) {
      int slab = kernel.outputRows * LANES;
      for (int q = 0; q < sums.length; q++) {
        Expr ofTile = row.plus(q / place.count());
        Expr at = ofTile.times(geometry.outputWidth()).plus(place.column()).plus(q % place.count()).times(LANES);
        for (int v = 0; v < kernel.vectors(); v++) {
          Expr element = at.plus(v * slab);
          int lanes = kernel.lanes(v);
          code.store(y, element, kernel.epilogue.apply(sums[q][v].get(), () -> added.load(element, lanes)));
        }
      }
    }
  }
}
