package dev.lowpass.codegen.cuda;

import static dev.lowpass.codegen.plan.value.Layout.LANES;

import dev.lowpass.codegen.element.Vectors;
import dev.lowpass.codegen.plan.value.Layout;
import dev.lowpass.codegen.tir.Buffer;
import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.codegen.tir.Register;
import dev.lowpass.codegen.tir.Scope;
import dev.lowpass.codegen.tir.Var;
import dev.lowpass.runtime.tvm.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The code of one work-item of a product on tensor cores. A warp's instruction multiplies 16 rows of 8 words by those of 8
 * outputs (PTX ISA 9.7.14): a word is two numbers of 16 bits ({@code mma.sync.aligned.m16n8k16}) or one of TF32 ({@code
 * m16n8k8}), and sums are single precision. Item {@code 4 g + t} of a warp holds words {@code t} and {@code t + 4} of rows
 * {@code g} and {@code g + 8}, of output {@code g} the same words, and of the sums outputs {@code 2 t} and {@code 2 t + 1}
 * of these rows.
 *
 * <p>TIR has neither the numbers nor the instruction: they are functions that stand before the kernels, and words go
 * through memory as if they were float32.
 */
final class TensorItem {
  private static final int VECTOR = Operand.VECTOR;

  /** Of one instruction. */
  private static final int ROWS = 16;

  private static final int OUTPUTS = 8;

  private static final int WORDS = 8;

  /** Words beyond those of a row, by which no two items of a warp read from one bank. */
  private static final int PADDING = 4;

  /** Words that an item shows to others where an instruction must be made of several. */
  private static final int EXCHANGED = 4;

  private final ProductKernel kernel;
  private final Product product;
  private final TensorTile tile;
  private final KernelMemory memory;
  private final Grid.Place place;
  private final ProductTiles.Place rows;

  /** In a word. */
  private final int numbers;

  /** Words between rows in shared memory. */
  private final int stride;

  private final Var group;

  /** The item's in its group of four. */
  private final Var word;

  /** Where the warp's sums lie in the tile. */
  private final Var warpRow;

  private final Var warpColumn;
  private final Buffer samples;
  private final Buffer weights;
  private final Buffer exchange;

  /** [tile of rows][tile of outputs] of the warp. */
  private final Register[][] sums;

  private final Turns turns;

  TensorItem(
      Code code,
      ProductKernel kernel,
      TensorTile tile,
      KernelMemory memory,
      Grid.Place place,
      ProductTiles.Place rows) {
    this.kernel = kernel;
    this.product = kernel.product();
    this.tile = tile;
    this.memory = memory;
    this.place = place;
    this.rows = rows;
    this.numbers = Integer.SIZE / product.precision().width();
    int words = tile.depth() / numbers;
    this.stride = words + PADDING;
    Expr own = place.itemX().remainder(tile.itemsOfPart());
    Expr warp = own.quotient(TensorTile.WARP);
    this.group = code.let("group", own.remainder(TensorTile.WARP).quotient(4));
    this.word = code.let("word", own.remainder(4));
    this.warpRow = code.let("warpRow", warp.quotient(tile.across()).times(TensorTile.WARP_ROWS));
    this.warpColumn = code.let("warpColumn", warp.remainder(tile.across()).times(tile.warpChannels()));
    this.samples = code.buffer("samples", DataType.F32, 2L * tile.rows() * stride, Scope.SHARED);
    this.weights = code.buffer("weights", DataType.F32, 2L * tile.channels() * stride, Scope.SHARED);
    this.exchange = code.buffer("exchange", DataType.F32, (long) tile.items() * EXCHANGED, Scope.SHARED);
    this.sums = new Register[TensorTile.WARP_ROWS / ROWS][tile.warpChannels() / OUTPUTS];
    for (Register[] line : sums) {
      for (int n = 0; n < line.length; n++) {
        line[n] = code.register("sum", DataType.F32.withLanes(VECTOR));
      }
    }
    int vectors = words / VECTOR;
    Buffer packed = memory.parameters(kernel.weights());
    this.turns =
        new Turns(
            product,
            tile,
            rows,
            new SampleStage(code, product, tile, memory, rows, place.itemX(), this::keep),
            new WeightStage(
                code,
                packed,
                weights,
                words * tile.channels(),
                tile.items(),
                place.itemX(),
                (half, vector) ->
                    half.times(tile.channels())
                        .plus(vector.quotient(vectors))
                        .times(stride)
                        .plus(vector.remainder(vectors).times(VECTOR))));
  }

  void write(Code code) {
    start(code);
    // TVM makes memory as long as code that it sees reaches; where nobody reads it, there is none in the end.
    code.store(exchange, place.itemX().times(EXCHANGED).plus(EXCHANGED - 1), Expr.f32(0));
    // What one instruction takes of each row.
    int pieces = tile.depth() / numbers / WORDS / tile.parts();
    Expr from = turns.part(place.itemX()).times(pieces);
    turns.write(
        code,
        place.groupY(),
        (body, half) -> {
          if (pieces == 1) {
            accumulate(body, half, from);
          } else {
            body.loop("piece", pieces, (inner, piece) -> accumulate(inner, half, from.plus(piece)));
          }
        });
    List<Register> all = new ArrayList<>();
    for (Register[] line : sums) {
      all.addAll(List.of(line));
    }
    turns.addParts(code, place.itemX(), all.toArray(Register[]::new), exchange);
    turns.whenFirst(code, place.itemX(), this::finish);
  }

  private void keep(Code code, Expr half, Expr row, Expr first, Expr[] values) {
    Var at = code.let("at", half.times(tile.rows()).plus(row).times(stride).plus(first.quotient(numbers)));
    String function = product.precision() + "_word";
    for (int i = 0; i < values.length; i += numbers) {
      Expr[] together = Arrays.copyOfRange(values, i, i + numbers);
      code.store(samples, at.plus(i / numbers), Expr.function(function, DataType.F32, together));
    }
  }

  /** The bias, in the first part: of coefficients at those rows alone that are means of blocks. */
  private void start(Code code) {
    Buffer biases = memory.parameters(kernel.bias());
    for (int n = 0; n < sums[0].length; n++) {
      Expr column = place.groupY().times(tile.channels()).plus(column(n));
      Expr first = turns.part(place.itemX()).equalTo(0).select(Expr.f32(1), Expr.f32(0));
      Expr[] bias = new Expr[2];
      for (int i = 0; i < bias.length; i++) {
        Expr whole = biases.load(column.plus(i));
        bias[i] = code.let("bias", tile.parts() == 1 ? whole : whole.times(first));
      }
      for (int m = 0; m < sums.length; m++) {
        Expr[] start = new Expr[VECTOR];
        for (int i = 0; i < VECTOR; i++) {
          Expr taken = product.biasAt(rows.position(line(m, i)));
          start[i] = product.hasMeans() ? bias[i % 2].times(taken) : bias[i % 2];
        }
        code.add(sums[m][n].set(Expr.function("vector_of", DataType.F32.withLanes(VECTOR), start)));
      }
    }
  }

  /** The first of the two outputs that the item has of tile {@code n}, in the group's panel. */
  private Expr column(int n) {
    return warpColumn.plus(n * OUTPUTS).plus(word.times(2));
  }

  /** The row of sum {@code i} of tile {@code m}, on the line of the tile's band. */
  private Expr line(int m, int i) {
    return rows.first().plus(warpRow).plus(group).plus(m * ROWS + i / 2 * (ROWS / 2));
  }

  private void accumulate(Code code, Expr half, Expr piece) {
    Expr first = piece.times(WORDS).plus(word);
    Var[][] sampleWords = new Var[sums.length][VECTOR];
    for (int m = 0; m < sums.length; m++) {
      for (int i = 0; i < VECTOR; i++) {
        Expr row = half.times(tile.rows()).plus(warpRow).plus(group).plus(m * ROWS + i % 2 * (ROWS / 2));
        Expr at = row.times(stride).plus(first).plus(i / 2 * (WORDS / 2));
        sampleWords[m][i] = code.let("a", samples.load(at));
      }
    }
    for (int n = 0; n < sums[0].length; n++) {
      Expr output = half.times(tile.channels()).plus(warpColumn).plus(group).plus(n * OUTPUTS);
      Expr at = output.times(stride).plus(first);
      Var near = code.let("b", weights.load(at));
      Var far = code.let("b", weights.load(at.plus(WORDS / 2)));
      for (int m = 0; m < sums.length; m++) {
        Var[] a = sampleWords[m];
        code.add(
            sums[m][n].set(
                Expr.procedure(
                    "mma_" + product.precision(),
                    DataType.F32.withLanes(VECTOR),
                    exchange.address(0),
                    sums[m][n].get(),
                    a[0],
                    a[1],
                    a[2],
                    a[3],
                    near,
                    far)));
      }
    }
  }

  private void finish(Code code) {
    Layout.Slabbed map = product.map();
    for (int m = 0; m < sums.length; m++) {
      for (int i = 0; i < VECTOR; i += 2) {
        Var line = code.let("line", line(m, i));
        Var image = code.let("image", rows.image(line));
        Var position = code.let("position", rows.position(line));
        for (int n = 0; n < sums[m].length; n++) {
          Var channel = code.let("channel", place.groupY().times(tile.channels()).plus(column(n)));
          Expr slab = image.times(map.slabs()).plus(channel.quotient(LANES));
          Expr target = slab.times(map.rows()).plus(position).times(LANES).plus(channel.remainder(LANES));
          Var offset = code.let("offset", target);
          Var sum = code.let("s", sums[m][n].get());
          int first = i;
          Expr inside = line.lessThan(rows.end());
          boolean whole = product.lanes() % tile.channels() == 0;
          code.when(
              whole ? inside : inside.and(channel.lessThan(product.lanes())),
              then -> {
                for (int lane = 0; lane < 2; lane++) {
                  finish(then, sum.lane(first + lane), offset.plus(lane));
                }
              });
        }
      }
    }
  }

  private void finish(Code code, Expr sum, Expr offset) {
    Expr value = sum;
    if (product.residual().isPresent()) {
      value = value.plus(memory.load(product.residual().orElseThrow(), offset));
    }
    code.add(memory.store(product.output(), offset, Vectors.apply(product.activation(), value)));
  }
}
