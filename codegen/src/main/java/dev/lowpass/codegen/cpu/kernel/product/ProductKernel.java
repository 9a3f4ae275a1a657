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
import dev.lowpass.runtime.tvm.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * y = act(x W + b + residual) for one panel of output channels: rows of slabs times a packed panel, in register tiles
 * of the tile's rows x the panel's vectors of sums. Rows and channels are arguments, so one kernel serves every band of
 * a staircase.
 *
 * <p>C signature: (x, w, b, [residual], y, rows, channels, biasRows, [far], [soon]); the bias goes to the first {@code
 * biasRows} rows. Rows beyond whole tiles must be 0 or one
 * of the remainders of {@code tiles}.
 *
 * @param input where rows and slabs of x lie
 * @param output where rows and slabs of y and of the residual lie; of a mean, where slabs of y lie, the residual's rows
 *     and slabs lying as those of x do
 * @param ending what becomes of the rows
 */
public record ProductKernel(
    Pitch input,
    Pitch output,
    RowTiles tiles,
    ProductPanel panel,
    Channels channels,
    BiasRows biasRows,
    Fetches fetches,
    Ending ending,
    Epilogue epilogue)
    implements PanelKernel {

  /** What it may be called for. */
  public enum Channels {
    WHOLE_SLABS,
    /** Also numbers that are no multiple of 16. */
    ANY;

    /** @param counts what it is called for */
    public static Channels of(int... counts) {
      return IntStream.of(counts).allMatch(count -> count % LANES == 0) ? WHOLE_SLABS : ANY;
    }
  }

  /** Which rows the bias goes to. */
  public enum BiasRows {
    ALL,
    /** As many as an argument says, which may be fewer than all. */
    FIRST
  }

  /** What becomes of the rows that are computed. */
  public enum Ending {
    /** They are written over what y holds. */
    OVER,
    /** What y holds is added to them, before the functions. */
    ONTO,
    /** Their mean is written, and y is one row. */
    MEAN
  }

  /** A kernel of whole slabs that fetches nothing ahead, and writes products and bias as they are over y. */
  public static ProductKernel of(ProductPanel panel, RowTiles tiles, Pitch input, Pitch output) {
    return new ProductKernel(
        input,
        output,
        tiles,
        panel,
        Channels.WHOLE_SLABS,
        BiasRows.ALL,
        Fetches.NONE,
        Ending.OVER,
        Epilogue.NONE);
  }

  public ProductKernel with(Channels other) {
    return new ProductKernel(input, output, tiles, panel, other, biasRows, fetches, ending, epilogue);
  }

  public ProductKernel with(BiasRows other) {
    return new ProductKernel(input, output, tiles, panel, channels, other, fetches, ending, epilogue);
  }

  public ProductKernel with(Fetches other) {
    return new ProductKernel(input, output, tiles, panel, channels, biasRows, other, ending, epilogue);
  }

  public ProductKernel with(Ending other) {
    return new ProductKernel(input, output, tiles, panel, channels, biasRows, fetches, other, epilogue);
  }

  public ProductKernel with(Epilogue other) {
    return new ProductKernel(input, output, tiles, panel, channels, biasRows, fetches, ending, other);
  }

  @Override
  public Function build(String name) {
    return new Writer(this).build(name);
  }

  /** The buffers and arguments of one kernel while it is written. */
  private static final class Writer {
    private final ProductKernel kernel;
    private final Buffer x = Buffer.f32("x", Buffer.UNCHECKED);
    private final Buffer w = Buffer.f32("w", Buffer.UNCHECKED);
    private final Buffer b = Buffer.f32("b", Buffer.UNCHECKED);
    private final Buffer residual = Buffer.f32("residual", Buffer.UNCHECKED);
    private final Buffer y = Buffer.f32("y", Buffer.UNCHECKED);
    private final Var rows = Var.i32("rows");
    private final Var channels = Var.i32("channels");
    private final Var biasRows = Var.i32("biasRows");
    private final Var far = Var.i32("far");
    private final Buffer soon = Buffer.f32("soon", Buffer.UNCHECKED);

    Writer(ProductKernel kernel) {
      this.kernel = kernel;
    }

    Function build(String name) {
      List<Parameter> parameters = new ArrayList<>(List.of(x, w, b));
      if (kernel.epilogue.residual()) {
        parameters.add(residual);
      }
      parameters.addAll(List.of(y, rows, channels, biasRows));
      if (kernel.fetches.rows()) {
        parameters.add(far);
      }
      if (kernel.fetches.soon() > 0) {
        parameters.add(soon);
      }
      return Function.kernel(name, parameters, Code.of(this::tiles));
    }

    private void tiles(Code code) {
      if (isMean()) {
        for (int v = 0; v < kernel.panel.vectors(); v++) {
          code.store(y, place(kernel.output, Expr.i32(0), v), Expr.f32(0).broadcast(LANES));
        }
      }
      Var full = code.let("full", rows.floorDiv(kernel.tiles.rows()));
      code.loop(
          "tile",
          full,
          (body, tile) -> {
            Var row = body.let("row", tile.times(kernel.tiles.rows()));
            // The first two tiles fetch half of the next panel each; later ones find it there.
            Var next = body.let("next", tile.min(1).times(channels).times(LANES).plus(kernel.fetches.ahead()));
            tile(body, row, kernel.tiles.rows(), next);
          });
      if (!kernel.tiles.remainders().isEmpty()) {
        Var first = code.let("first", full.times(kernel.tiles.rows()));
        Var rest = code.let("rest", rows.minus(first));
        for (int height : kernel.tiles.remainders()) {
          code.when(rest.equalTo(height), body -> tile(body, first, height, Expr.i32(kernel.fetches.ahead())));
        }
      }
    }

    private void tile(Code code, Expr row, int height, Expr next) {
      Register[][] sums = new Register[height][kernel.panel.sums()];
      for (int r = 0; r < height; r++) {
        for (int i = 0; i < sums[r].length; i++) {
          sums[r][i] = code.register("sum", RegisterPool.VECTOR);
          code.add(sums[r][i].set(start(row.plus(r), i)));
        }
      }
      int channelsAStep = kernel.panel.channelsAStep();
      Var slabs = code.let("slabs", channels.floorDiv(LANES));
      code.loop(
          "slab",
          slabs,
          (body, slab) -> {
            if (kernel.fetches.rows()) {
              body.when(far.equalTo(0).not(), then -> fetch(then, row.plus(height), slab));
            }
            body.loop(
                "step", LANES / channelsAStep, (inner, step) -> accumulate(inner, sums, row, slab, step, next));
          });
      if (kernel.channels == Channels.ANY) {
        Var rest = code.let("steps", channels.minus(slabs.times(LANES)).floorDiv(channelsAStep));
        code.loop("step", rest, (inner, step) -> accumulate(inner, sums, row, slabs, step, next));
      }
      if (isMean()) {
        Var share = code.let("share", Expr.f32(1).over(rows.cast(DataType.F32)).broadcast(LANES));
        for (int v = 0; v < kernel.panel.vectors(); v++) {
          addToMean(code, sums, row, v, share);
        }
      } else {
        for (int r = 0; r < height; r++) {
          for (int v = 0; v < kernel.panel.vectors(); v++) {
            code.store(y, place(kernel.output, row.plus(r), v), result(sums[r], row.plus(r), v));
          }
        }
      }
    }

    /** Asks for a slab of the tile from {@code row} on: a line for each row. */
    private void fetch(Code code, Expr row, Expr slab) {
      Expr base = slab.times(kernel.input.slab());
      for (int r = 0; r < kernel.tiles.rows(); r++) {
        code.add(x.prefetch(row.plus(r).times(kernel.input.row()).plus(base)));
      }
    }

    private Expr start(Expr row, int sum) {
      Expr bias = kernel.panel.bias(b, sum);
      if (kernel.biasRows == BiasRows.ALL) {
        return bias;
      }
      return row.lessThan(biasRows).ifThenElse(Expr.f32(1), Expr.f32(0)).broadcast(LANES).times(bias);
    }

    private void accumulate(Code code, Register[][] sums, Expr row, Expr slab, Expr step, Expr next) {
      ProductPanel panel = kernel.panel;
      fetch(code, row, slab, step, next);
      Expr weights = slab.times(LANES / panel.channelsAStep()).plus(step).times(panel.sums() * LANES);
      Var[] weight = new Var[panel.sums()];
      for (int i = 0; i < weight.length; i++) {
        weight[i] = code.let("w" + i, w.load(weights.plus(i * LANES), LANES));
      }
      Expr base = slab.times(kernel.input.slab()).plus(step.times(panel.channelsAStep()));
      for (int r = 0; r < sums.length; r++) {
        Var samples = code.let("x" + r, panel.samples(x, row.plus(r).times(kernel.input.row()).plus(base)));
        for (int i = 0; i < weight.length; i++) {
          code.add(sums[r][i].add(samples.times(weight[i])));
        }
      }
    }

    /** What one step asks for. */
    private void fetch(Code code, Expr row, Expr slab, Expr step, Expr next) {
      int channelsAStep = kernel.panel.channelsAStep();
      Expr steps = slab.times(LANES / channelsAStep).plus(step);
      if (kernel.fetches.once()) {
        int sums = kernel.panel.sums();
        for (int i = 0; i < sums; i++) {
          code.add(w.prefetch(steps.times(sums).plus(i).times(LANES).plus(kernel.fetches.ahead())));
        }
      } else if (kernel.fetches.ahead() > 0) {
        code.add(w.prefetch(steps.times(LANES).plus(next)));
      }
      if (kernel.fetches.soon() > 0) {
        for (int channel = 0; channel < channelsAStep; channel++) {
          Expr line = row.plus(step.times(channelsAStep)).plus(channel);
          code.add(soon.prefetchFar(slab.times(kernel.fetches.soon()).plus(line.times(LANES))));
        }
      }
    }

    private boolean isMean() {
      return kernel.ending == Ending.MEAN;
    }

    /** Adds a tile to what y holds: all registers are in use from one tile to the next. */
    private void addToMean(Code code, Register[][] sums, Expr row, int vector, Expr share) {
      Expr total = result(sums[0], row, vector);
      for (int r = 1; r < sums.length; r++) {
        total = total.plus(result(sums[r], row.plus(r), vector));
      }
      Expr at = place(kernel.output, Expr.i32(0), vector);
      code.store(y, at, y.load(at, LANES).plus(total.times(share)));
    }

    private Expr result(Register[] sums, Expr row, int vector) {
      Expr value = kernel.panel.outputs(Stream.of(sums).map(Register::get).toList(), vector);
      Pitch added = isMean() ? kernel.input : kernel.output;
      value = kernel.epilogue.withResidual(value, () -> residual.load(place(added, row, vector), LANES));
      if (kernel.ending == Ending.ONTO) {
        value = value.plus(y.load(place(kernel.output, row, vector), LANES));
      }
      return kernel.epilogue.activated(value);
    }

    private static Expr place(Pitch pitch, Expr row, int vector) {
      return row.times(pitch.row()).plus(vector * pitch.slab());
    }
  }
}
