package dev.lowpass.codegen.cpu.kernel.map;

import static dev.lowpass.codegen.plan.value.Layout.LANES;

import dev.lowpass.codegen.cpu.kernel.AffineCall;
import dev.lowpass.codegen.cpu.kernel.Epilogue;
import dev.lowpass.codegen.cpu.kernel.Kernel;
import dev.lowpass.codegen.cpu.kernel.product.PairSums;
import dev.lowpass.codegen.tir.Buffer;
import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.codegen.tir.Function;
import dev.lowpass.codegen.tir.Parameter;
import dev.lowpass.codegen.tir.Stmt;
import dev.lowpass.codegen.tir.Var;
import dev.lowpass.codegen.tir.llvm.Bfloats;
import dev.lowpass.codegen.tir.llvm.TileRegisters;
import dev.lowpass.passes.machine.RoundingUnit;
import dev.lowpass.runtime.tvm.DataType;
import java.util.ArrayList;
import java.util.List;

/**
 * A convolution of one panel of output channels with rounded samples, as a sum of products, one for each tap: positions
 * of the map times the tap's weights. Where strides are 1, positions run on from row to row through the zeros between
 * them, and what is computed there is not written: so that rows of a narrow map fill tiles.
 *
 * <p>C signature: (x, w, b, [residual], y, row, rows, sums): {@code x} is what {@link PaddedRows} made for these rows,
 * {@code y} and {@code residual} the panel's first slab, {@code row} the first output row. Weights are packed [tap ·
 * steps of 32 channels][pair][vector · 16 + lane][2].
 *
 * @param geometry the window on its map
 * @param steps of 32 channels
 * @param padded columns of a row of x
 * @param between elements of 32 bits from one step of x to the next
 * @param outputRows rows of one slab of y and residual, its stride
 * @param tileRows positions of a register tile
 * @param vectors of the panel
 */
public record RoundedConvolution(
    RoundingUnit unit,
    DepthwiseTile geometry,
    int steps,
    int padded,
    int between,
    int outputRows,
    int tileRows,
    int vectors,
    Epilogue epilogue)
    implements Kernel<RoundedConvolution.Call> {
  private static final int PAIRS = Bfloats.CHANNELS / 2;

  /** A call for one panel of outputs. */
  public static final class Call extends AffineCall<Call> {
    private Call(Function kernel) {
      super(kernel);
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

    /** The address of {@link RoundedConvolution#sums} elements. */
    public Call sums(Expr address) {
      pass("sums", address);
      return this;
    }
  }

  @Override
  public Call call(Function built) {
    return new Call(built);
  }

  /** Positions of a register tile of {@code vectors}; {@code chosen} ones where the unit leaves a choice. */
  public static int tileRows(RoundingUnit unit, int chosen, int vectors) {
    return switch (unit) {
      case NONE, PAIRS, BFLOAT_WARPS, HALF_WARPS, TF32_WARPS -> chosen;
      case TILES -> TileRegisters.fit(2, vectors) ? 2 * TileRegisters.ROWS : TileRegisters.ROWS;
    };
  }

  /** This kernel for a panel that is narrower. */
  public RoundedConvolution of(int fewer) {
    return new RoundedConvolution(
        unit, geometry, steps, padded, between, outputRows, tileRows, fewer, epilogue);
  }

  /** Elements of scratch for sums. */
  public int sums() {
    return tileRows * vectors * LANES;
  }

  @Override
  public Function build(String name) {
    return new Writer(this).build(name);
  }

  /** The buffers of one kernel while it is written. */
  private static final class Writer {
    private final RoundedConvolution kernel;
    private final DepthwiseTile geometry;
    private final boolean isFlat;
    private final Buffer x = Buffer.f32("x", Buffer.UNCHECKED);
    private final Buffer w = Buffer.f32("w", Buffer.UNCHECKED);
    private final Buffer b = Buffer.f32("b", Buffer.UNCHECKED);
    private final Buffer added = Buffer.f32("residual", Buffer.UNCHECKED);
    private final Buffer y = Buffer.f32("y", Buffer.UNCHECKED);
    private final Var first = Var.i32("row");
    private final Var rows = Var.i32("rows");
    private final Buffer sums = Buffer.f32("sums", Buffer.UNCHECKED);

    Writer(RoundedConvolution kernel) {
      this.kernel = kernel;
      this.geometry = kernel.geometry;
      this.isFlat = geometry.window().strides().stream().allMatch(stride -> stride == 1);
    }

    Function build(String name) {
      List<Parameter> parameters = new ArrayList<>(List.of(x, w, b));
      if (kernel.epilogue.residual()) {
        parameters.add(added);
      }
      parameters.addAll(List.of(y, first, rows, sums));
      return Function.kernel(name, parameters, body());
    }

    private Stmt body() {
      return switch (kernel.unit) {
        case NONE, BFLOAT_WARPS, HALF_WARPS, TF32_WARPS ->
            throw new IllegalStateException("nothing multiplies in bfloat16");
        case PAIRS -> Bfloats.multiplying(Code.of(this::runs));
        case TILES -> {
          Stmt runs = whole().with(Code.of(this::runs));
          yield TileRegisters.multiplying(whole().equals(one()) ? runs : one().with(runs));
        }
      };
    }

    /** Positions that follow each other at one distance: all, or those of a row. */
    private void runs(Code code) {
      int width = geometry.outputWidth();
      if (isFlat) {
        Var count = code.let("positions", rows.minus(1).times(kernel.padded).plus(width));
        tiles(code, new Run(Expr.i32(0), Expr.i32(0), count));
      } else {
        code.loop(
            "index",
            rows,
            (body, index) -> {
              Var start = body.let("start", index.times(geometry.window().stride(0) * kernel.padded));
              tiles(body, new Run(index, start, Expr.i32(width)));
            });
      }
    }

    /**
     * @param row of the output, from the first on
     * @param start position of x that its first output begins to read at
     */
    private record Run(Expr row, Expr start, Expr count) {}

    private void tiles(Code code, Run run) {
      int height = kernel.tileRows;
      code.loop(
          "tile",
          run.count.plus(height - 1).floorDiv(height),
          (body, tile) -> {
            Var position = body.let("position", tile.times(height));
            Var count = body.let("count", run.count.minus(position).min(height));
            switch (kernel.unit) {
              case NONE -> throw new IllegalStateException("nothing multiplies in bfloat16");
              case PAIRS -> pairs(body, run, position, count);
              case TILES -> {
                if (whole().equals(one())) {
                  matrices(body, one(), run, position, count);
                } else {
                  body.when(
                      count.lessThan(TileRegisters.ROWS + 1),
                      few -> matrices(few, one(), run, position, count),
                      many -> matrices(many, whole(), run, position, count));
                }
              }
            }
          });
    }

    private TileRegisters one() {
      return new TileRegisters(1, kernel.vectors);
    }

    private TileRegisters whole() {
      return new TileRegisters(kernel.tileRows / TileRegisters.ROWS, kernel.vectors);
    }

    private void matrices(Code code, TileRegisters tiles, Run run, Expr position, Expr count) {
      code.add(tiles.clear());
      forEachTap(
          code,
          (body, tap, place) -> {
            Expr at = run.start.plus(position.times(geometry.window().stride(1))).plus(place).times(LANES);
            body.add(
                tiles.multiply(
                    x.address(at),
                    bytes(geometry.window().stride(1) * LANES),
                    bytes(kernel.between),
                    w.address(tap.times(kernel.steps * PAIRS * kernel.vectors * LANES)),
                    Expr.i32(kernel.steps)));
          });
      code.add(tiles.store(sums.address(0)));
      finish(code, run, position, count, tiles.rowTiles() * TileRegisters.ROWS);
    }

    private void pairs(Code code, Run run, Expr position, Expr count) {
      int stride = geometry.window().stride(1);
      PairSums tile = new PairSums(code, kernel.tileRows, kernel.vectors);
      forEachTap(
          code,
          (taps, tap, place) ->
              taps.loop(
                  "step",
                  kernel.steps,
                  (steps, step) ->
                      steps.loop(
                          "pair",
                          PAIRS,
                          (body, pair) -> {
                            Expr weights = tap.times(kernel.steps).plus(step).times(PAIRS).plus(pair);
                            Expr at = run.start.plus(position.times(stride)).plus(place).times(LANES);
                            Var base = body.let("base", at.plus(step.times(kernel.between)).plus(pair));
                            tile.add(body, w, weights, 0, x, r -> base.plus(r * stride * LANES));
                          })));
      for (int r = 0; r < kernel.tileRows; r++) {
        for (int v = 0; v < kernel.vectors; v++) {
          code.store(sums, Expr.i32((v * kernel.tileRows + r) * LANES), tile.get(r, v));
        }
      }
      finish(code, run, position, count, kernel.tileRows);
    }

    private interface Tap {
      /** @param place positions from the window's first sample to the tap's */
      void write(Code code, Expr tap, Expr place);
    }

    private void forEachTap(Code code, Tap each) {
      int width = geometry.window().kernel().get(1);
      code.loop(
          "dy",
          geometry.window().kernel().get(0),
          (down, dy) ->
              down.loop(
                  "dx",
                  width,
                  (body, dx) -> {
                    Expr above = dy.times(geometry.window().dilations().get(0) * kernel.padded);
                    Expr place = above.plus(dx.times(geometry.window().dilations().get(1)));
                    each.write(body, dy.times(width).plus(dx), place);
                  }));
    }

    /** @param pitch rows of one vector of sums */
    private void finish(Code code, Run run, Expr position, Expr count, int pitch) {
      int width = geometry.outputWidth();
      code.loop(
          "r",
          count,
          (body, r) -> {
            Var at = body.let("at", position.plus(r));
            if (isFlat) {
              Var down = body.let("down", at.floorDiv(kernel.padded));
              Var column = body.let("column", at.minus(down.times(kernel.padded)));
              body.when(column.lessThan(width), on -> write(on, down, column, r, pitch));
            } else {
              write(body, run.row, at, r, pitch);
            }
          });
    }

    private void write(Code code, Expr down, Expr column, Expr r, int pitch) {
      int slab = kernel.outputRows * LANES;
      Expr place = first.plus(down).times(geometry.outputWidth()).plus(column).times(LANES);
      for (int v = 0; v < kernel.vectors; v++) {
        Expr element = place.plus(v * slab);
        Expr sum = sums.load(r.plus(v * pitch).times(LANES), LANES).plus(b.load(Expr.i32(v * LANES), LANES));
        code.store(y, element, kernel.epilogue.apply(sum, () -> added.load(element, LANES)));
      }
    }

    private static Expr bytes(int elements) {
      return Expr.constant(DataType.I64, (long) elements * Float.BYTES);
    }
  }
}
