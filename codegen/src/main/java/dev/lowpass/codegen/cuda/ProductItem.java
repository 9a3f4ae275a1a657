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

/**
 * The code of one work-item of a product. A turn of the group's loop is a slab or several of its operand, staged in shared memory: the
 * rows turned over, so that an item reads those of its tile as vectors. While a turn is computed, the next one's numbers
 * are on their way from global memory into registers, and then go to the other half of the shared memory.
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
  private final Share sampleShare;
  private final Share weightShare;
  private final int rowStride;

  /** Where the item's sums lie in the tile. */
  private final Var column;

  private final Var row;
  private final Buffer samples;
  private final Buffer weights;

  /** One for each vector of samples that the item stages; none where they are computed. */
  private final Operand.Row[] operands;

  private final Register[][] nextSamples;
  private final Register[] nextWeights;
  private final Register[] sums;

  ProductItem(Code code, ProductKernel kernel, KernelMemory memory, Grid.Place place, ProductTiles.Place rows) {
    this.kernel = kernel;
    this.product = kernel.product();
    this.tile = kernel.tile();
    this.memory = memory;
    this.place = place;
    this.rows = rows;
    this.rowStride = tile.rows() + PADDING;
    this.sampleShare = new Share(place.itemX(), tile.items(), tile.rows() * tile.depth() / VECTOR);
    this.weightShare = new Share(place.itemX(), tile.items(), tile.channels() * tile.depth() / VECTOR);
    Expr own = place.itemX().remainder(tile.itemsOfPart());
    this.column = code.let("column", own.remainder(tile.across()).times(ProductTile.ITEM_CHANNELS));
    this.row = code.let("row", own.quotient(tile.across()).times(ProductTile.ITEM_ROWS));
    this.samples = code.buffer("samples", DataType.F32, 2L * tile.depth() * rowStride, Scope.SHARED);
    this.weights = code.buffer("weights", DataType.F32, 2L * tile.depth() * tile.channels(), Scope.SHARED);
    this.operands = new Operand.Row[product.operand().isComputed() ? 0 : sampleShare.turns()];
    this.nextSamples = new Register[operands.length][VECTOR];
    for (int turn = 0; turn < operands.length; turn++) {
      operands[turn] = operand(code, sampleShare.vector(turn));
      for (int i = 0; i < VECTOR; i++) {
        nextSamples[turn][i] = code.register("next", DataType.F32);
      }
    }
    this.nextWeights = vectors(code, "w", weightShare.turns());
    this.sums = vectors(code, "sum", ProductTile.ITEM_ROWS);
  }

  private static Register[] vectors(Code code, String name, int count) {
    Register[] registers = new Register[count];
    for (int i = 0; i < count; i++) {
      registers[i] = code.register(name, DataType.F32.withLanes(VECTOR));
    }
    return registers;
  }

  /** The row of which {@code vector} is a part; for rows beyond the tile its last. */
  private Operand.Row operand(Code code, Expr vector) {
    Var line = code.let("line", rows.first().plus(rowOf(vector)).min(rows.end().minus(1)));
    Var image = code.let("image", rows.image(line));
    Var position = code.let("position", rows.position(line));
    return product.operand().row(code, memory, image, position, laneOf(vector), rows.channels());
  }

  /** Neighbouring vectors are of one row as far as a slab goes, since they lie side by side. */
  private Expr rowOf(Expr vector) {
    return vector.quotient(LANES / VECTOR).remainder(tile.rows());
  }

  private Expr laneOf(Expr vector) {
    return vector.remainder(LANES / VECTOR).times(VECTOR);
  }

  /** The slab of a turn. */
  private Expr slabOf(Expr vector) {
    return tile.slabs() == 1 ? Expr.i32(0) : vector.quotient(LANES / VECTOR * tile.rows());
  }

  void write(Code code) {
    start(code);
    if (product.isDense()) {
      run(code, Expr.i32(product.turns(tile)));
    } else {
      Var turns = code.let("turns", rows.channels().plus(tile.depth() - 1).quotient(tile.depth()));
      code.when(Expr.i32(0).lessThan(turns), some -> run(some, turns));
    }
    if (tile.parts() == 1) {
      finish(code);
    } else {
      addParts(code);
      code.when(place.itemX().lessThan(tile.itemsOfPart()), this::finish);
    }
  }

  private void run(Code code, Expr turns) {
    bring(code, Expr.i32(0), Expr.i32(0));
    code.barrier();
    code.loop(
        "turn",
        turns,
        (body, turn) -> {
          Expr more = turn.plus(1).lessThan(turns);
          body.when(more, then -> fetch(then, turn.plus(1), turn.plus(1).floorMod(2)));
          int own = tile.depth() / tile.parts();
          body.loop("k", own, (inner, k) -> accumulate(inner, turn.floorMod(2), part().times(own).plus(k)));
          body.when(more, then -> stage(then, turn.plus(1).floorMod(2)));
          body.barrier();
        });
  }

  private Expr part() {
    return tile.parts() == 1 ? Expr.i32(0) : place.itemX().quotient(tile.itemsOfPart());
  }

  private void bring(Code code, Expr turn, Expr half) {
    fetch(code, turn, half);
    stage(code, half);
  }

  /** The bias, in the first part: of coefficients at those rows alone that are means of blocks. */
  private void start(Code code) {
    Buffer biases = memory.parameters(kernel.bias());
    Expr whole = biases.load(place.groupY().times(tile.channels()).plus(column), VECTOR);
    Expr own = tile.parts() == 1 ? Expr.f32(1) : part().equalTo(0).select(Expr.f32(1), Expr.f32(0));
    Var bias = code.let("bias", tile.parts() == 1 ? whole : whole.times(own.broadcast(VECTOR)));
    boolean means = product.rows() instanceof Layout.Coefficients;
    for (int r = 0; r < sums.length; r++) {
      Expr position = rows.position(rows.first().plus(row).plus(r));
      Expr taken = position.lessThan(product.rows().rowsOfGroup()).select(Expr.f32(1), Expr.f32(0));
      code.add(sums[r].set(means ? bias.times(taken.broadcast(VECTOR)) : bias));
    }
  }

  /** Begins to load a turn's numbers of the tile's rows and of the panel; what is computed goes to shared memory at once. */
  private void fetch(Code code, Expr turn, Expr half) {
    Expr panel = place.groupY().times(product.turns(tile)).plus(turn).times(tile.depth() * tile.channels());
    Expr first = turn.times(tile.slabs());
    Buffer packed = memory.parameters(kernel.weights());
    for (int own = 0; own < weightShare.turns(); own++) {
      Register weight = nextWeights[own];
      Expr offset = panel.plus(weightShare.vector(own).times(VECTOR));
      weightShare.when(code, own, then -> then.add(weight.set(packed.load(offset, VECTOR))));
    }
    if (product.operand().isComputed()) {
      sampleShare.forEach(
          code,
          (body, vector) ->
              keep(body, vector, half, operand(body, vector).load(body, first.plus(slabOf(vector)))));
    }
    for (int own = 0; own < operands.length; own++) {
      Operand.Row operand = operands[own];
      Register[] next = nextSamples[own];
      Expr slab = first.plus(slabOf(sampleShare.vector(own)));
      sampleShare.when(
          code,
          own,
          then -> {
            Expr[] numbers = operand.load(then, slab);
            for (int i = 0; i < VECTOR; i++) {
              then.add(next[i].set(numbers[i]));
            }
          });
    }
  }

  private void stage(Code code, Expr half) {
    for (int turn = 0; turn < operands.length; turn++) {
      Expr vector = sampleShare.vector(turn);
      Expr[] numbers = new Expr[VECTOR];
      for (int i = 0; i < VECTOR; i++) {
        numbers[i] = nextSamples[turn][i].get();
      }
      sampleShare.when(code, turn, then -> keep(then, vector, half, numbers));
    }
    for (int turn = 0; turn < weightShare.turns(); turn++) {
      Expr at = half.times(tile.depth() * tile.channels()).plus(weightShare.vector(turn).times(VECTOR));
      Register next = nextWeights[turn];
      weightShare.when(code, turn, then -> then.store(weights, at, next.get()));
    }
  }

  private void keep(Code code, Expr vector, Expr half, Expr[] numbers) {
    Var at = code.let("at", half.times(tile.slabs()).plus(slabOf(vector)).times(LANES).plus(laneOf(vector)).times(rowStride).plus(rowOf(vector)));
    for (int i = 0; i < VECTOR; i++) {
      code.store(samples, at.plus(i * rowStride), numbers[i]);
    }
  }

  private void accumulate(Code code, Expr half, Expr k) {
    Expr line = half.times(tile.depth()).plus(k);
    Var weight = code.let("weight", weights.load(line.times(tile.channels()).plus(column), VECTOR));
    for (int quad = 0; quad < sums.length / VECTOR; quad++) {
      Var sample = code.let("sample", samples.load(line.times(rowStride).plus(row).plus(quad * VECTOR), VECTOR));
      for (int i = 0; i < VECTOR; i++) {
        code.add(sums[quad * VECTOR + i].add(sample.lane(i).broadcast(VECTOR).times(weight)));
      }
    }
  }

  /** Adds the sums of all parts to those of the first, one row after the other, by way of the samples' memory. */
  private void addParts(Code code) {
    int perPart = tile.itemsOfPart() * VECTOR;
    Expr own = place.itemX().times(VECTOR);
    for (Register sum : sums) {
      code.store(samples, own, sum.get());
      code.barrier();
      code.when(
          place.itemX().lessThan(tile.itemsOfPart()),
          then -> {
            for (int part = 1; part < tile.parts(); part++) {
              then.add(sum.add(samples.load(own.plus(part * perPart), VECTOR)));
            }
          });
      code.barrier();
    }
  }

  private void finish(Code code) {
    Layout.Slabbed map = product.map();
    Var channel = code.let("channel", place.groupY().times(tile.channels()).plus(column));
    boolean whole = product.lanes() % tile.channels() == 0;
    for (int r = 0; r < sums.length; r++) {
      Expr sum = sums[r].get();
      Var line = code.let("line", rows.first().plus(row).plus(r));
      // By names: in the address of a vector that is stored, TVM would begin statements for a division.
      Var slab = code.let("slab", rows.image(line).times(map.slabs()).plus(channel.floorDiv(LANES)));
      Var target = code.let("target", slab.times(map.rows()).plus(rows.position(line)));
      Expr offset = target.times(LANES).plus(channel.floorMod(LANES));
      Expr inside = line.lessThan(rows.end());
      code.when(
          whole ? inside : inside.and(channel.lessThan(product.lanes())),
          then -> {
            Expr value = sum;
            if (product.residual().isPresent()) {
              value = value.plus(memory.bufferOf(product.residual().orElseThrow()).load(offset, VECTOR));
            }
            then.store(memory.bufferOf(product.output()), offset, Vectors.apply(product.activation(), value));
          });
    }
  }
}
