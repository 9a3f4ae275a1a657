package dev.lowpass.codegen.gpu;

import static dev.lowpass.codegen.plan.Layout.LANES;

import dev.lowpass.codegen.element.Vectors;
import dev.lowpass.codegen.emit.Arguments;
import dev.lowpass.codegen.emit.Packing;
import dev.lowpass.codegen.emit.Parameters;
import dev.lowpass.codegen.plan.Band;
import dev.lowpass.codegen.plan.Layout;
import dev.lowpass.codegen.plan.Step;
import dev.lowpass.codegen.tvm.Buffer;
import dev.lowpass.codegen.tvm.Code;
import dev.lowpass.codegen.tvm.Expr;
import dev.lowpass.codegen.tvm.Register;
import dev.lowpass.codegen.tvm.Scope;
import dev.lowpass.codegen.tvm.ThreadAxis;
import dev.lowpass.codegen.tvm.Var;
import dev.lowpass.runtime.tvm.DataType;
import java.util.ArrayList;
import java.util.List;

/**
 * A banded or dense product. A group of 16 x 16 work-items computes a tile of rows times a panel of output channels; a step of its loop
 * stages one slab of the tile's input and of the panel's weights in shared memory. Tiles lie inside one band, so that all items of a group
 * take the same number of steps; which, a table says.
 */
final class ProductLaunch implements Launch {
  /** Words of a tile in the table: first row, end row, channels. */
  private static final int WORDS = 3;

  private static final int THREAD_ROWS = 16;
  private static final int MOST_ROWS_AN_ITEM = 4;
  private static final int MOST_VECTORS = 4;

  /** Groups that keep a large device busy: below, tiles are made smaller. */
  private static final int GROUPS_WANTED = 128;

  private final Step.Product step;
  private final Layout.Slabbed input;
  private final Layout.Slabbed output;

  /** Slabs of output channels of a panel; a work-item computes as many channels. */
  private final int vectors;

  private final int panels;

  /** Rows of a tile that one work-item computes. */
  private final int rowsAnItem;

  private final int[] tiles;
  private final int table;
  private final int weights;
  private final int bias;

  private ProductLaunch(Parameters parameters, Step.Product step) {
    this.step = step;
    this.input = step.input().slabbed();
    this.output = step.output().slabbed();
    this.vectors = Math.min(MOST_VECTORS, output.slabs());
    this.panels = Math.ceilDiv(output.slabs(), vectors);
    this.rowsAnItem = rowsAnItem();
    this.tiles = tiles(rowsAnItem * THREAD_ROWS);
    this.table = parameters.add(tiles);
    int outputs = panels * vectors * LANES;
    this.weights = parameters.add(Packing.panels(padded(), outputs, input.slabs() * LANES, vectors));
    this.bias = parameters.add(Packing.slabs(step.bias(), outputs));
  }

  static Launch prepare(Parameters parameters, Step.Product step) {
    return new ProductLaunch(parameters, step);
  }

  private int rowsAnItem() {
    int rows = MOST_ROWS_AN_ITEM;
    while (rows > 1 && tiles(rows * THREAD_ROWS).length / WORDS * panels * input.batch() < GROUPS_WANTED) {
      rows /= 2;
    }
    return rows;
  }

  private int[] tiles(int tileRows) {
    List<Integer> words = new ArrayList<>();
    for (Band band : step.bands()) {
      int end = band.to() * input.rowsOfGroup();
      for (int row = band.from() * input.rowsOfGroup(); row < end; row += tileRows) {
        words.addAll(List.of(row, Math.min(row + tileRows, end), band.channels()));
      }
    }
    return words.stream().mapToInt(Integer::intValue).toArray();
  }

  /** The weight with zeros for outputs up to a whole panel and for channels up to a whole slab. */
  private float[] padded() {
    int channels = input.slabs() * LANES;
    float[] padded = new float[panels * vectors * LANES * channels];
    for (int m = 0; m < step.outputs(); m++) {
      System.arraycopy(step.weight(), m * step.channels(), padded, m * channels, step.channels());
    }
    return padded;
  }

  @Override
  public void write(Code code, Arguments arguments) {
    code.loop(
        "image",
        input.batch(),
        ThreadAxis.BLOCK_Z,
        (images, image) ->
            images.loop(
                "panel",
                panels,
                ThreadAxis.BLOCK_Y,
                (columns, panel) ->
                    columns.loop(
                        "tile",
                        tiles.length / WORDS,
                        ThreadAxis.BLOCK_X,
                        (rows, tile) ->
                            rows.loop(
                                "row",
                                THREAD_ROWS,
                                ThreadAxis.THREAD_Y,
                                (threads, row) ->
                                    threads.loop(
                                        "lane",
                                        LANES,
                                        ThreadAxis.THREAD_X,
                                        (item, lane) -> new Writer(arguments, image, panel, row, lane).write(item, tile))))));
  }

  /** The code of one work-item: {@code row} and {@code lane} say which of its group. */
  private final class Writer {
    private final Arguments arguments;
    private final Expr image;
    private final Expr panel;
    private final Expr row;
    private final Expr lane;

    Writer(Arguments arguments, Expr image, Expr panel, Expr row, Expr lane) {
      this.arguments = arguments;
      this.image = image;
      this.panel = panel;
      this.row = row;
      this.lane = lane;
    }

    void write(Code code, Expr tile) {
      Var first = code.let("first", arguments.table(table, tile.times(WORDS)).plus(row));
      Var end = code.let("end", arguments.table(table, tile.times(WORDS).plus(1)));
      Var channels = code.let("channels", arguments.table(table, tile.times(WORDS).plus(2)));
      Buffer samples = code.buffer("samples", DataType.F32, (long) rowsAnItem * THREAD_ROWS * LANES, Scope.SHARED);
      Buffer panelWeights = code.buffer("weights", DataType.F32, (long) LANES * vectors * LANES, Scope.SHARED);
      Register[][] sums = new Register[rowsAnItem][vectors];
      for (int r = 0; r < rowsAnItem; r++) {
        for (int v = 0; v < vectors; v++) {
          sums[r][v] = code.register("sum", DataType.F32);
          code.add(sums[r][v].set(start(rowOf(first, r), v)));
        }
      }
      code.loop(
          "slab",
          channels.plus(LANES - 1).floorDiv(LANES),
          (body, slab) -> {
            body.barrier();
            stage(body, samples, panelWeights, slab, first, end, channels);
            body.barrier();
            body.loop("k", LANES, (inner, k) -> accumulate(inner, samples, panelWeights, sums, k));
          });
      for (int r = 0; r < rowsAnItem; r++) {
        for (int v = 0; v < vectors; v++) {
          finish(code, sums[r][v], rowOf(first, r), end, v);
        }
      }
    }

    private Expr rowOf(Expr first, int r) {
      return first.plus(r * THREAD_ROWS);
    }

    private Expr start(Expr at, int vector) {
      Expr value = arguments.parameter(bias, panel.times(vectors * LANES).plus(vector * LANES).plus(lane));
      // Of coefficients only the means take a bias.
      return step.input().isCoefficients() ? at.lessThan(output.rowsOfGroup()).select(value, Expr.f32(0)) : value;
    }

    /** Rows beyond the tile and channels beyond the band become zeros: what lies there in memory may be anything. */
    private void stage(
        Code code, Buffer samples, Buffer panelWeights, Expr slab, Expr first, Expr end, Expr channels) {
      Expr known = slab.times(LANES).plus(lane).lessThan(channels);
      Expr base = image.times(input.slabs()).plus(slab).times(input.rows() * LANES).plus(lane);
      for (int r = 0; r < rowsAnItem; r++) {
        Expr at = rowOf(first, r);
        Expr sample = arguments.load(step.input(), base.plus(at.times(LANES)));
        Expr offset = row.plus(r * THREAD_ROWS).times(LANES).plus(lane);
        code.store(samples, offset, known.and(at.lessThan(end)).ifThenElse(sample, Expr.f32(0)));
      }
      Expr weight = panel.times(input.slabs()).plus(slab).times(LANES).plus(row).times(vectors * LANES).plus(lane);
      for (int v = 0; v < vectors; v++) {
        Expr offset = row.times(vectors * LANES).plus(lane).plus(v * LANES);
        code.store(panelWeights, offset, arguments.parameter(weights, weight.plus(v * LANES)));
      }
    }

    private void accumulate(Code code, Buffer samples, Buffer panelWeights, Register[][] sums, Expr k) {
      Var[] weight = new Var[vectors];
      for (int v = 0; v < vectors; v++) {
        weight[v] = code.let("w" + v, panelWeights.load(k.times(vectors * LANES).plus(lane).plus(v * LANES)));
      }
      for (int r = 0; r < rowsAnItem; r++) {
        Var sample = code.let("x" + r, samples.load(row.plus(r * THREAD_ROWS).times(LANES).plus(k)));
        for (int v = 0; v < vectors; v++) {
          code.add(sums[r][v].add(sample.times(weight[v])));
        }
      }
    }

    private void finish(Code code, Register sum, Expr at, Expr end, int vector) {
      Expr slab = panel.times(vectors).plus(vector);
      Expr offset =
          image.times(output.slabs()).plus(slab).times(output.rows()).plus(at).times(LANES).plus(lane);
      code.when(
          at.lessThan(end).and(slab.lessThan(output.slabs())),
          then -> {
            Expr value = sum.get();
            if (step.residual().isPresent()) {
              value = value.plus(arguments.load(step.residual().orElseThrow(), offset));
            }
            then.add(arguments.store(step.output(), offset, Vectors.apply(step.activation(), value)));
          });
    }
  }
}
