package dev.lowpass.codegen.cuda;

import static dev.lowpass.codegen.plan.value.Layout.LANES;

import dev.lowpass.codegen.element.Vectors;
import dev.lowpass.codegen.plan.value.Layout;
import dev.lowpass.codegen.plan.value.Slot;
import dev.lowpass.codegen.tir.Buffer;
import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.codegen.tir.Register;
import dev.lowpass.codegen.tir.Scope;
import dev.lowpass.codegen.tir.Var;
import dev.lowpass.runtime.tvm.DataType;

/**
 * The code of one work-item of a product in single precision. The rows are turned over on their way into shared memory, so
 * that an item reads those of its tile as vectors.
 */
final class ProductItem {
  private static final int VECTOR = Operand.VECTOR;

  /** Rows that are staged lie so far apart beyond their number, in elements, that fewer of them share a bank. */
  private static final int PADDING = 4;

  private final ProductKernel kernel;
  private final Product product;
  private final ProductTile tile;
  private final KernelMemory memory;
  private final Grid.Place place;
  private final ProductTiles.Place rows;
  private final int rowStride;

  /** Where the item's sums lie in the tile. */
  private final Var column;

  private final Var row;
  private final Buffer samples;
  private final Buffer weights;
  private final Register[] sums = new Register[ProductTile.ITEM_ROWS];
  private final Turns turns;

  ProductItem(
      Code code,
      ProductKernel kernel,
      ProductTile tile,
      KernelMemory memory,
      Grid.Place place,
      ProductTiles.Place rows) {
    this.kernel = kernel;
    this.product = kernel.product();
    this.tile = tile;
    this.memory = memory;
    this.place = place;
    this.rows = rows;
    this.rowStride = tile.rows() + PADDING;
    Expr own = place.itemX().remainder(tile.itemsOfPart());
    this.column = code.let("column", own.remainder(tile.across()).times(ProductTile.ITEM_CHANNELS));
    this.row = code.let("row", own.quotient(tile.across()).times(ProductTile.ITEM_ROWS));
    this.samples = code.buffer("samples", DataType.F32, 2L * tile.depth() * rowStride, Scope.SHARED);
    this.weights = code.buffer("weights", DataType.F32, 2L * tile.depth() * tile.channels(), Scope.SHARED);
    for (int r = 0; r < sums.length; r++) {
      sums[r] = code.register("sum", DataType.F32.withLanes(VECTOR));
    }
    int words = tile.depth() * tile.channels();
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
                words,
                tile.items(),
                place.itemX(),
                (half, vector) -> half.times(words).plus(vector.times(VECTOR))));
  }

  void write(Code code) {
    start(code);
    int own = tile.depth() / tile.parts();
    Expr from = turns.part(place.itemX()).times(own);
    turns.write(
        code,
        place.groupY(),
        (body, half) -> body.loop("k", own, (inner, k) -> accumulate(inner, half, from.plus(k))));
    turns.addParts(code, place.itemX(), sums, samples);
    if (product.pooled()) {
      turns.whenFirst(code, place.itemX(), this::keepSum);
      code.barrier();
      code.when(place.itemX().lessThan(tile.across()), this::finishMean);
    } else {
      turns.whenFirst(code, place.itemX(), this::finish);
    }
  }

  private void keep(Code code, Expr half, Expr at, Expr number, Expr[] numbers) {
    Var first = code.let("at", half.times(tile.depth()).plus(number).times(rowStride).plus(at));
    for (int i = 0; i < numbers.length; i++) {
      code.store(samples, first.plus(i * rowStride), numbers[i]);
    }
  }

  /** The bias, in the first part: of coefficients at those rows alone that are means of blocks. */
  private void start(Code code) {
    Buffer biases = memory.parameters(kernel.bias());
    Expr whole = biases.load(place.groupY().times(tile.channels()).plus(column), VECTOR);
    Expr own = turns.part(place.itemX()).equalTo(0).select(Expr.f32(1), Expr.f32(0));
    Var bias = code.let("bias", tile.parts() == 1 ? whole : whole.times(own.broadcast(VECTOR)));
    for (int r = 0; r < sums.length; r++) {
      Expr taken = product.biasAt(rows.position(rows.first().plus(row).plus(r)));
      code.add(sums[r].set(product.hasMeans() ? bias.times(taken.broadcast(VECTOR)) : bias));
    }
  }

  private void accumulate(Code code, Expr half, Expr k) {
    Expr line = half.times(tile.depth()).plus(k);
    new RegisterTile(row, column, sums)
        .multiply(code, samples, line.times(rowStride), weights, line.times(tile.channels()));
  }

  private void finish(Code code) {
    Layout.Slabbed map = product.map();
    Var channel = code.let("channel", place.groupY().times(tile.channels()).plus(column));
    boolean whole = product.lanes() % tile.channels() == 0;
    for (int r = 0; r < sums.length; r++) {
      Expr sum = sums[r].get();
      Var line = code.let("line", rows.first().plus(row).plus(r));
      // By names: in the address of a vector that is stored, TVM would begin statements for a division.
      Var slab = code.let("slab", rows.image(line).times(map.slabs()).plus(channel.quotient(LANES)));
      Var target = code.let("target", slab.times(map.rows()).plus(rows.position(line)));
      Expr offset = target.times(LANES).plus(channel.remainder(LANES));
      Expr inside = line.lessThan(rows.end());
      code.when(
          whole ? inside : inside.and(channel.lessThan(product.lanes())),
          then -> {
            Expr value = sum;
            if (product.residual().isPresent()) {
              value = value.plus(memory.load(product.residual().orElseThrow(), offset, VECTOR));
            }
            then.add(memory.store(product.output(), offset, Vectors.apply(product.activation(), value)));
          });
    }
  }

  /** Leaves the sum over the item's rows to the first of those that have the same channels. */
  private void keepSum(Code code) {
    Register total = code.register("total", DataType.F32.withLanes(VECTOR));
    code.add(total.set(Expr.constant(DataType.F32.withLanes(VECTOR), 0)));
    Var channel = code.let("channel", place.groupY().times(tile.channels()).plus(column));
    for (int r = 0; r < sums.length; r++) {
      Expr sum = sums[r].get();
      Var line = code.let("line", rows.first().plus(row).plus(r));
      Expr there = line.lessThan(rows.end()).and(channel.lessThan(product.lanes()));
      code.when(there, then -> then.add(total.add(Vectors.apply(product.activation(), summed(sum, line, channel)))));
    }
    code.store(samples, place.itemX().times(VECTOR), total.get());
  }

  /** With the residual, which is a map. */
  private Expr summed(Expr sum, Expr line, Expr channel) {
    if (product.residual().isEmpty()) {
      return sum;
    }
    Slot residual = product.residual().orElseThrow();
    Layout.Slabbed map = residual.slabbed();
    Expr slab = rows.image(line).times(map.slabs()).plus(channel.quotient(LANES));
    Expr from = slab.times(map.rows()).plus(rows.position(line)).times(LANES).plus(channel.remainder(LANES));
    return sum.plus(memory.load(residual, from, VECTOR));
  }

  private void finishMean(Code code) {
    Layout.Slabbed map = product.map();
    Expr total = samples.load(column, VECTOR);
    for (int other = 1; other < tile.rows() / ProductTile.ITEM_ROWS; other++) {
      total = total.plus(samples.load(column.plus(other * tile.channels()), VECTOR));
    }
    Expr mean = total.times(1.0 / product.rows().rows());
    Var channel = code.let("channel", place.groupY().times(tile.channels()).plus(column));
    Var slab = code.let("slab", rows.image(rows.first()).times(map.slabs()).plus(channel.quotient(LANES)));
    Var target = code.let("target", slab.times(LANES).plus(channel.remainder(LANES)));
    code.when(
        channel.lessThan(product.lanes()), then -> then.add(memory.store(product.output(), target, mean)));
  }
}
