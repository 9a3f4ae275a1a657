package dev.lowpass.codegen.gpu;

import static dev.lowpass.codegen.plan.value.Layout.LANES;

import dev.lowpass.codegen.element.Vectors;
import dev.lowpass.codegen.emit.Arguments;
import dev.lowpass.codegen.tir.Buffer;
import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.codegen.tir.Register;
import dev.lowpass.codegen.tir.Scope;
import dev.lowpass.codegen.tir.ThreadAxis;
import dev.lowpass.codegen.tir.Var;
import dev.lowpass.ir.op.Elementwise;
import dev.lowpass.runtime.tvm.DataType;
import java.util.List;

/**
 * A product on a device. A group of 16 x 16 work-items computes a tile of rows times a panel of output channels; a turn
 * of its loop stages one slab of the tile's input and of the panel's weights in shared memory. A table says which rows
 * a tile has and how many channels they need, the same for all items of a group, so that all take the same number of
 * turns. Operands are in the scratch arena.
 *
 * <p>Numbers: where {@code input}, {@code residual} and {@code output} start; how many {@code images}, {@code panels}
 * and {@code tiles} there are; where {@code table}, {@code weights} and {@code bias} start in the parameters; {@code
 * rows} of a slab, and {@code biasRows}, those from the first on that take a bias, where the rows are coefficients;
 * {@code inputSlabs} and {@code outputSlabs} of an image.
 *
 * @param vectors slabs of output channels of a panel; a work-item computes as many channels
 * @param rowsAnItem rows of a tile that one work-item computes
 */
record DeviceProduct(
    boolean coefficients, boolean residual, List<Elementwise> activation, int vectors, int rowsAnItem) {
  static final int THREAD_ROWS = 16;

  /** Words of a tile in the table: first row, end row, channels. */
  static final int TILE_WORDS = 3;

  void write(Code code, Arguments arguments, LaunchNumbers<Expr> numbers) {
    code.loop(
        "image",
        numbers.get("images"),
        ThreadAxis.BLOCK_Z,
        (images, image) ->
            images.loop(
                "panel",
                numbers.get("panels"),
                ThreadAxis.BLOCK_Y,
                (panels, panel) ->
                    panels.loop(
                        "tile",
                        numbers.get("tiles"),
                        ThreadAxis.BLOCK_X,
                        (tiles, tile) ->
                            tiles.loop(
                                "row",
                                THREAD_ROWS,
                                ThreadAxis.THREAD_Y,
                                (rows, row) ->
                                    rows.loop(
                                        "lane",
                                        LANES,
                                        ThreadAxis.THREAD_X,
                                        (item, lane) ->
                                            new WorkItem(this, arguments, numbers, image, panel, row, lane)
                                                .write(item, tile))))));
  }

  /** The code of one work-item: {@code row} and {@code lane} say which of its group. */
  private record WorkItem(
      DeviceProduct kernel,
      Arguments arguments,
      LaunchNumbers<Expr> numbers,
      Expr image,
      Expr panel,
      Expr row,
      Expr lane) {
    void write(Code code, Expr tile) {
      Expr words = numbers.get("table").plus(tile.times(TILE_WORDS));
      Var first = code.let("first", arguments.table(0, words).plus(row));
      Var end = code.let("end", arguments.table(1, words));
      Var channels = code.let("channels", arguments.table(2, words));
      Buffer samples =
          code.buffer("samples", DataType.F32, (long) kernel.rowsAnItem * THREAD_ROWS * LANES, Scope.SHARED);
      Buffer weights = code.buffer("weights", DataType.F32, (long) LANES * kernel.vectors * LANES, Scope.SHARED);
      Register[][] sums = new Register[kernel.rowsAnItem][kernel.vectors];
      for (int r = 0; r < kernel.rowsAnItem; r++) {
        for (int v = 0; v < kernel.vectors; v++) {
          sums[r][v] = code.register("sum", DataType.F32);
          code.add(sums[r][v].set(start(first.plus(r * THREAD_ROWS), v)));
        }
      }
      code.loop(
          "slab",
          channels.plus(LANES - 1).floorDiv(LANES),
          (body, slab) -> {
            body.barrier();
            stageSamples(body, samples, slab, first, end, channels);
            stageWeights(body, weights, slab);
            body.barrier();
            body.loop("k", LANES, (inner, k) -> accumulate(inner, samples, weights, sums, k));
          });
      for (int r = 0; r < kernel.rowsAnItem; r++) {
        for (int v = 0; v < kernel.vectors; v++) {
          finish(code, sums[r][v], first.plus(r * THREAD_ROWS), end, v);
        }
      }
    }

    private Expr start(Expr at, int vector) {
      Expr channel = panel.times(kernel.vectors).plus(vector).times(LANES).plus(lane);
      Expr value = arguments.parameter(0, numbers.get("bias").plus(channel));
      return kernel.coefficients ? at.lessThan(numbers.get("biasRows")).select(value, Expr.f32(0)) : value;
    }

    /** Rows beyond the tile and channels beyond the band become zeros: what lies there in memory may be anything. */
    private void stageSamples(Code code, Buffer samples, Expr slab, Expr first, Expr end, Expr channels) {
      Expr known = slab.times(LANES).plus(lane).lessThan(channels);
      Expr rows = image.times(numbers.get("inputSlabs")).plus(slab).times(numbers.get("rows"));
      for (int r = 0; r < kernel.rowsAnItem; r++) {
        Expr at = first.plus(r * THREAD_ROWS);
        Expr sample = arguments.scratch().load(numbers.get("input").plus(rows.plus(at).times(LANES)).plus(lane));
        Expr offset = row.plus(r * THREAD_ROWS).times(LANES).plus(lane);
        code.store(samples, offset, known.and(at.lessThan(end)).ifThenElse(sample, Expr.f32(0)));
      }
    }

    private void stageWeights(Code code, Buffer weights, Expr slab) {
      int width = kernel.vectors * LANES;
      Expr channel = panel.times(numbers.get("inputSlabs")).plus(slab).times(LANES).plus(row);
      for (int v = 0; v < kernel.vectors; v++) {
        Expr weight = arguments.parameter(v * LANES, numbers.get("weights").plus(channel.times(width)).plus(lane));
        code.store(weights, row.times(width).plus(lane).plus(v * LANES), weight);
      }
    }

    private void accumulate(Code code, Buffer samples, Buffer weights, Register[][] sums, Expr k) {
      Var[] weight = new Var[kernel.vectors];
      for (int v = 0; v < kernel.vectors; v++) {
        weight[v] = code.let("w" + v, weights.load(k.times(kernel.vectors * LANES).plus(lane).plus(v * LANES)));
      }
      for (int r = 0; r < kernel.rowsAnItem; r++) {
        Var sample = code.let("x" + r, samples.load(row.plus(r * THREAD_ROWS).times(LANES).plus(k)));
        for (int v = 0; v < kernel.vectors; v++) {
          code.add(sums[r][v].add(sample.times(weight[v])));
        }
      }
    }

    private void finish(Code code, Register sum, Expr at, Expr end, int vector) {
      Expr slab = panel.times(kernel.vectors).plus(vector);
      Expr rows = image.times(numbers.get("outputSlabs")).plus(slab).times(numbers.get("rows"));
      Expr offset = rows.plus(at).times(LANES).plus(lane);
      code.when(
          at.lessThan(end).and(slab.lessThan(numbers.get("outputSlabs"))),
          then -> {
            Expr value = sum.get();
            if (kernel.residual) {
              value = value.plus(arguments.scratch().load(offset.plus(numbers.get("residual"))));
            }
            Expr target = offset.plus(numbers.get("output"));
            then.store(arguments.scratch(), target, Vectors.apply(kernel.activation, value));
          });
    }
  }
}
