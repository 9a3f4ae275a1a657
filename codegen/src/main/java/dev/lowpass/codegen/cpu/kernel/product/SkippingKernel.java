package dev.lowpass.codegen.cpu.kernel.product;

import static dev.lowpass.codegen.plan.value.Layout.LANES;

import dev.lowpass.codegen.cpu.kernel.Epilogue;
import dev.lowpass.codegen.emit.RegisterPool;
import dev.lowpass.codegen.tir.Buffer;
import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.codegen.tir.Function;
import dev.lowpass.codegen.tir.Parameter;
import dev.lowpass.codegen.tir.Register;
import dev.lowpass.codegen.tir.Var;
import dev.lowpass.codegen.tir.llvm.Nonzeros;
import dev.lowpass.passes.machine.Machine;
import dev.lowpass.runtime.tvm.DataType;
import java.util.ArrayList;
import java.util.List;

/**
 * y = act(x W + b + residual) for one panel of output channels, without the multiplications by zeros that a clip left
 * in x: each register tile lists the channels that are not zero in all of its rows, and then walks down the list. A tile
 * with hardly any zeros is multiplied as it is. Weights must be finite: zero times anything else would not be zero.
 *
 * <p>A tile has few rows, since more have fewer zeros in common, and so reads a weight for few multiplications. Channels
 * are taken in chunks whose weights stay in the first-level cache while all rows pass, and y holds the sums from one
 * chunk to the next. Meanwhile tiles ask for the weights of the next chunk, each for its part.
 *
 * <p>C signature: (x, w, b, [residual], y, rows, channels, list): channels a multiple of 16, and {@link #listed}
 * integers of scratch. Rows beyond whole tiles must be 0 or one of the remainders of {@code tiles}.
 *
 * @param inputRows rows of a slab of x
 * @param outputRows rows of a slab of y and of the residual
 * @param allChannels of the weights, of which {@code channels} may be a part
 * @param chunk channels of a chunk, a multiple of 16
 */
record SkippingKernel(
    Nonzeros nonzeros,
    int inputRows,
    int outputRows,
    RowTiles tiles,
    int vectors,
    int allChannels,
    int chunk,
    Epilogue epilogue)
    implements PanelKernel {

  /** Eighths of the channels that must be zero, lest a tile be multiplied as it is. */
  private static final int WORTHWHILE = 1;

  /**
   * A kernel in place of {@code dense}, which has whole slabs of samples and writes over y, with chunks whose weights
   * stay near, and about as many channels in each.
   */
  static SkippingKernel of(Machine machine, ProductKernel dense, int channels) {
    int vectors = dense.panel().vectors();
    return new SkippingKernel(
        new Nonzeros(machine),
        dense.input().slab() / LANES,
        dense.output().slab() / LANES,
        dense.tiles(),
        vectors,
        channels,
        chunk(machine, channels, vectors),
        dense.epilogue());
  }

  private static int chunk(Machine machine, int channels, int vectors) {
    int slabs = channels / LANES;
    int most = Math.max(1, machine.caches().near() / (vectors * LANES * LANES));
    return Math.ceilDiv(slabs, Math.ceilDiv(slabs, most)) * LANES;
  }

  /** Integers of scratch, at most. */
  static int listed(int channels) {
    return 2 * (channels + LANES);
  }

  /** Integers from the list of samples to that of weights. */
  private int apart() {
    return chunk + LANES;
  }

  @Override
  public Function build(String name) {
    return new Writer(this).build(name);
  }

  /** The buffers and arguments of one kernel while it is written. */
  private static final class Writer {
    /** Channels {@code first} to {@code end}, and where the next chunk's weights start. */
    private record Chunk(Var first, Var end, Expr isFirst, Expr isLast, Var next) {
      Expr channels() {
        return end.minus(first);
      }
    }

    /** What a tile has to multiply: where its samples of the chunk start, and how many channels are listed. */
    private record Listed(Var samples, Var count) {}

    private interface Each {
      void write(int row, int vector);
    }

    private final SkippingKernel kernel;
    private final Buffer x = Buffer.f32("x", Buffer.UNCHECKED);
    private final Buffer w = Buffer.f32("w", Buffer.UNCHECKED);
    private final Buffer b = Buffer.f32("b", Buffer.UNCHECKED);
    private final Buffer residual = Buffer.f32("residual", Buffer.UNCHECKED);
    private final Buffer y = Buffer.f32("y", Buffer.UNCHECKED);
    private final Var rows = Var.i32("rows");
    private final Var channels = Var.i32("channels");
    private final Buffer list = Buffer.i32("list", Buffer.UNCHECKED);

    Writer(SkippingKernel kernel) {
      this.kernel = kernel;
    }

    Function build(String name) {
      List<Parameter> parameters = new ArrayList<>(List.of(x, w, b));
      if (kernel.epilogue.residual()) {
        parameters.add(residual);
      }
      parameters.addAll(List.of(y, rows, channels, list));
      List<Integer> heights = new ArrayList<>(kernel.tiles.remainders());
      heights.add(kernel.tiles.rows());
      return Function.kernel(name, parameters, kernel.nonzeros.in(heights, Code.of(this::chunks)));
    }

    private void chunks(Code code) {
      Var tiles = code.let("tiles", rows.parts(kernel.tiles.rows()).max(1));
      // Cache lines of the next chunk's weights that each tile asks for.
      Var lines = code.let("lines", tiles.plus(kernel.chunk * kernel.vectors - 1).floorDiv(tiles));
      code.loop(
          "chunk",
          code.let("chunks", channels.parts(kernel.chunk).max(1)),
          (body, index) -> {
            Var first = body.let("first", index.times(kernel.chunk));
            Var end = body.let("end", first.plus(kernel.chunk).min(channels));
            Expr isLast = end.equalTo(channels);
            Var next = body.let("next", isLast.select(Expr.i32(kernel.allChannels), end).times(kernel.vectors));
            tiles(body, new Chunk(first, end, index.equalTo(0), isLast, next), lines);
          });
    }

    private void tiles(Code code, Chunk chunk, Expr lines) {
      Var full = code.let("full", rows.floorDiv(kernel.tiles.rows()));
      code.loop(
          "tile",
          full,
          (body, tile) -> {
            Var row = body.let("row", tile.times(kernel.tiles.rows()));
            tile(body, chunk, row, kernel.tiles.rows(), tile.times(lines));
          });
      if (!kernel.tiles.remainders().isEmpty()) {
        Var first = code.let("firstLeft", full.times(kernel.tiles.rows()));
        Var left = code.let("left", rows.minus(first));
        for (int height : kernel.tiles.remainders()) {
          code.when(left.equalTo(height), body -> tile(body, chunk, first, height, full.times(lines)));
        }
      }
    }

    /** @param line the first line of the next chunk's weights to ask for */
    private void tile(Code code, Chunk chunk, Expr row, int height, Expr line) {
      // The list first: making it takes the registers that then hold the sums.
      Listed listed = list(code, chunk, row, height);
      Register[][] sums = new Register[height][kernel.vectors];
      forEach(sums, (r, v) -> sums[r][v] = code.register("sum", RegisterPool.VECTOR));
      code.when(
          chunk.isFirst,
          first -> forEach(sums, (r, v) -> first.add(sums[r][v].set(start(row.plus(r), v)))),
          later -> forEach(sums, (r, v) -> later.add(sums[r][v].set(y.load(place(row.plus(r), v), LANES)))));
      multiply(code, sums, chunk, listed, line);
      code.when(
          chunk.isLast,
          last -> forEach(sums, (r, v) -> last.store(y, place(row.plus(r), v), result(sums[r][v]))),
          early -> forEach(sums, (r, v) -> early.store(y, place(row.plus(r), v), sums[r][v].get())));
    }

    private Listed list(Code code, Chunk chunk, Expr row, int height) {
      Var samples = code.let("samples", chunk.first.times(kernel.inputRows).plus(row.times(LANES)));
      Expr count =
          kernel.nonzeros.list(
              height,
              x.address(samples),
              Expr.i32(kernel.inputRows * LANES),
              chunk.channels().floorDiv(LANES),
              Expr.i32(kernel.vectors * LANES),
              list.address(0),
              Expr.i32(kernel.apart()));
      return new Listed(samples, code.let("count", count));
    }

    private void multiply(Code code, Register[][] sums, Chunk chunk, Listed listed, Expr line) {
      int pitch = kernel.inputRows * LANES;
      int step = kernel.vectors * LANES;
      Var count = listed.count;
      // Offsets in 64 bits, or each address would be computed by itself.
      Var sample = code.let("sample", wide(listed.samples));
      Var weight = code.let("weight", wide(chunk.first.times(step)));
      Var far = code.let("far", wide(chunk.next.plus(line)).times(LANES));
      code.when(
          count.times(8).lessThan(chunk.channels().times(8 - WORTHWHILE).plus(1)),
          some -> {
            some.loop(
                "pair",
                count.floorDiv(2),
                (body, pair) -> {
                  body.add(w.prefetch(far.plus(wide(pair).times(LANES))));
                  for (int i = 0; i < 2; i++) {
                    accumulate(body, sums, sample, weight, pair.times(2).plus(i));
                  }
                });
            some.when(
                count.floorMod(2).equalTo(1), odd -> accumulate(odd, sums, sample, weight, count.minus(1)));
          },
          all ->
              all.loop(
                  "index",
                  chunk.channels(),
                  (body, index) -> {
                    body.add(w.prefetch(far.plus(wide(index).times(LANES))));
                    Expr at = sample.plus(wide(index.floorDiv(LANES).times(pitch).plus(index.floorMod(LANES))));
                    Expr by = weight.plus(wide(index).times(step));
                    accumulate(body, sums, body.let("at", at), body.let("by", by));
                  }));
    }

    /** Entry {@code index} of the list. */
    private void accumulate(Code code, Register[][] sums, Expr sample, Expr weight, Expr index) {
      Expr at = sample.plus(wide(list.load(index)));
      Expr by = weight.plus(wide(list.load(index.plus(kernel.apart()))));
      accumulate(code, sums, code.let("at", at), code.let("by", by));
    }

    private Expr result(Register sum) {
      return kernel.epilogue.activated(sum.get());
    }

    private Expr start(Expr row, int vector) {
      Expr bias = b.load(Expr.i32(vector * LANES), LANES);
      return kernel.epilogue.withResidual(bias, () -> residual.load(place(row, vector), LANES));
    }

    /** Samples first: with few registers, there is one for a weight at a time. */
    private void accumulate(Code code, Register[][] sums, Expr at, Expr by) {
      Var[] samples = new Var[sums.length];
      for (int r = 0; r < sums.length; r++) {
        samples[r] = code.let("x" + r, x.load(at.plus(r * LANES)));
      }
      for (int v = 0; v < kernel.vectors; v++) {
        Var weights = code.let("w" + v, w.load(by.plus(v * LANES), LANES));
        for (int r = 0; r < sums.length; r++) {
          code.add(sums[r][v].add(samples[r].times(weights)));
        }
      }
    }

    private Expr place(Expr row, int vector) {
      return row.times(LANES).plus(vector * kernel.outputRows * LANES);
    }

    private static Expr wide(Expr value) {
      return value.cast(DataType.I64);
    }

    private static void forEach(Register[][] sums, Each each) {
      for (int r = 0; r < sums.length; r++) {
        for (int v = 0; v < sums[r].length; v++) {
          each.write(r, v);
        }
      }
    }
  }
}
