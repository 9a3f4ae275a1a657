package dev.lowpass.codegen.cuda;

import static dev.lowpass.codegen.plan.value.Layout.LANES;

import dev.lowpass.codegen.element.Vectors;
import dev.lowpass.codegen.emit.Parameters;
import dev.lowpass.codegen.plan.value.Layout;
import dev.lowpass.codegen.tir.Buffer;
import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.codegen.tir.Register;
import dev.lowpass.codegen.tir.Scope;
import dev.lowpass.codegen.tir.Var;
import dev.lowpass.runtime.tvm.DataType;
import java.util.function.Consumer;

/**
 * A product in register tiles. A turn of a group's loop is a slab of its operand, staged in shared memory: the rows turned
 * over, so that an item reads those of its tile as vectors. While a turn is computed, the next one's numbers are on their
 * way from global memory into registers, and then go to the other half of the shared memory.
 */
record ProductKernel(Product product, ProductTile tile, ProductTiles tiles, int table, int weights, int bias)
    implements DeviceKernel {
  private static final int VECTOR = Operand.VECTOR;

  /** Rows that are staged lie so far apart beyond their number, in elements, that fewer of them share a bank. */
  private static final int PADDING = 4;

  static ProductKernel of(Parameters parameters, Product product) {
    Layout.Slabbed rows = product.rows();
    ProductTile tile = ProductTile.of((long) rows.rows() * rows.batch(), product.lanes());
    ProductTiles tiles = ProductTiles.of(rows, product.bands(), tile.rows());
    return new ProductKernel(
        product,
        tile,
        tiles,
        parameters.add(tiles.words()),
        parameters.add(product.panels(tile.channels())),
        parameters.add(product.biases(tile.channels())));
  }

  @Override
  public Grid grid() {
    return Grid.of(tiles.tiles(), Math.ceilDiv(product.lanes(), tile.channels()), 1, tile.items(), 1);
  }

  @Override
  public void write(Code code, KernelMemory memory, Grid.Place place) {
    ProductTiles.Place rows = tiles.place(code, memory.parameters(table), place.groupX());
    new Item(code, this, memory, place, rows).write(code);
  }

  /** Vectors of a turn that an item stages: every so many of all, from its own number on. */
  private record Share(Expr item, int items, int vectors) {
    int turns() {
      return Math.ceilDiv(vectors, items);
    }

    Expr vector(int turn) {
      return item.plus(turn * items);
    }

    /** Writes {@code body} for those items that have a vector in {@code turn}. */
    void when(Code code, int turn, Consumer<Code> body) {
      if ((turn + 1) * items <= vectors) {
        body.accept(code);
      } else {
        code.when(vector(turn).lessThan(vectors), body);
      }
    }
  }

  /** The code of one work-item. */
  private static final class Item {
    private final Product product;
    private final ProductKernel kernel;
    private final ProductTile tile;
    private final KernelMemory memory;
    private final Grid.Place place;
    private final ProductTiles.Place rows;
    private final Share sampleShare;
    private final Share weightShare;
    private final int rowStride;
    private final Expr column;
    private final Expr row;
    private final Operand.Row[] operands;
    private final Buffer samples;
    private final Buffer weights;
    private final Register[][] nextSamples;
    private final Register[] nextWeights;
    private final Register[] sums;

    Item(Code code, ProductKernel kernel, KernelMemory memory, Grid.Place place, ProductTiles.Place rows) {
      this.kernel = kernel;
      this.product = kernel.product;
      this.tile = kernel.tile;
      this.memory = memory;
      this.place = place;
      this.rows = rows;
      this.rowStride = tile.rows() + PADDING;
      this.sampleShare = new Share(place.itemX(), tile.items(), tile.rows() * LANES / VECTOR);
      this.weightShare = new Share(place.itemX(), tile.items(), tile.channels() * LANES / VECTOR);
      this.column = place.itemX().floorMod(tile.across()).times(ProductTile.ITEM_CHANNELS);
      this.row = place.itemX().floorDiv(tile.across()).times(ProductTile.ITEM_ROWS);
      this.samples = code.buffer("samples", DataType.F32, 2L * LANES * rowStride, Scope.SHARED);
      this.weights = code.buffer("weights", DataType.F32, 2L * LANES * tile.channels(), Scope.SHARED);
      this.operands = new Operand.Row[sampleShare.turns()];
      this.nextSamples = new Register[sampleShare.turns()][VECTOR];
      for (int turn = 0; turn < operands.length; turn++) {
        Expr at = rows.first().plus(sampleRow(turn)).min(rows.end().minus(1));
        Var line = code.let("line", at);
        Var image = code.let("image", rows.image(line));
        Var position = code.let("position", rows.position(line));
        operands[turn] =
            product.operand().row(code, memory, image, position, sampleLane(turn), rows.channels());
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

    private Expr sampleRow(int turn) {
      return sampleShare.vector(turn).floorDiv(LANES / VECTOR);
    }

    private Expr sampleLane(int turn) {
      return sampleShare.vector(turn).floorMod(LANES / VECTOR).times(VECTOR);
    }

    void write(Code code) {
      start(code);
      Expr turns =
          product.isDense()
              ? Expr.i32(product.operand().slabs())
              : code.let("turns", rows.channels().plus(LANES - 1).floorDiv(LANES));
      if (product.isDense()) {
        run(code, turns);
      } else {
        code.when(Expr.i32(0).lessThan(turns), some -> run(some, turns));
      }
      for (int r = 0; r < sums.length; r++) {
        finish(code, sums[r].get(), rows.first().plus(row).plus(r));
      }
    }

    private void run(Code code, Expr turns) {
      fetch(code, Expr.i32(0));
      stage(code, Expr.i32(0));
      code.barrier();
      code.loop(
          "turn",
          turns,
          (body, turn) -> {
            Expr more = turn.plus(1).lessThan(turns);
            body.when(more, then -> fetch(then, turn.plus(1)));
            body.loop("k", LANES, (inner, k) -> accumulate(inner, turn.floorMod(2), k));
            body.when(more, then -> stage(then, turn.plus(1).floorMod(2)));
            body.barrier();
          });
    }

    /** The bias: of coefficients at those rows alone that are means of blocks. */
    private void start(Code code) {
      Buffer biases = memory.parameters(kernel.bias);
      Var bias = code.let("bias", biases.load(place.groupY().times(tile.channels()).plus(column), VECTOR));
      boolean means = product.rows() instanceof Layout.Coefficients;
      for (int r = 0; r < sums.length; r++) {
        Expr position = rows.position(rows.first().plus(row).plus(r));
        Expr taken = position.lessThan(product.rows().rowsOfGroup()).select(Expr.f32(1), Expr.f32(0));
        code.add(sums[r].set(means ? bias.times(taken.broadcast(VECTOR)) : bias));
      }
    }

    /** Begins to load a slab of the tile's rows and of the panel; what is loaded for rows beyond the tile is of its last. */
    private void fetch(Code code, Expr slab) {
      for (int turn = 0; turn < sampleShare.turns(); turn++) {
        int own = turn;
        sampleShare.when(
            code,
            turn,
            then -> {
              Expr[] numbers = operands[own].load(then, slab);
              for (int i = 0; i < VECTOR; i++) {
                then.add(nextSamples[own][i].set(numbers[i]));
              }
            });
      }
      Expr panel = place.groupY().times(product.operand().slabs()).plus(slab).times(LANES * tile.channels());
      Buffer packed = memory.parameters(kernel.weights);
      for (int turn = 0; turn < weightShare.turns(); turn++) {
        Register weight = nextWeights[turn];
        Expr offset = panel.plus(weightShare.vector(turn).times(VECTOR));
        weightShare.when(code, turn, then -> then.add(weight.set(packed.load(offset, VECTOR))));
      }
    }

    private void stage(Code code, Expr half) {
      for (int turn = 0; turn < sampleShare.turns(); turn++) {
        Expr line = half.times(LANES).plus(sampleLane(turn));
        Expr at = line.times(rowStride).plus(sampleRow(turn));
        Register[] next = nextSamples[turn];
        sampleShare.when(
            code,
            turn,
            then -> {
              for (int i = 0; i < VECTOR; i++) {
                then.store(samples, at.plus(i * rowStride), next[i].get());
              }
            });
      }
      for (int turn = 0; turn < weightShare.turns(); turn++) {
        Expr at = half.times(LANES * tile.channels()).plus(weightShare.vector(turn).times(VECTOR));
        Register next = nextWeights[turn];
        weightShare.when(code, turn, then -> then.store(weights, at, next.get()));
      }
    }

    private void accumulate(Code code, Expr half, Expr k) {
      Expr line = half.times(LANES).plus(k);
      Var weight = code.let("weight", weights.load(line.times(tile.channels()).plus(column), VECTOR));
      for (int quad = 0; quad < sums.length / VECTOR; quad++) {
        Var sample = code.let("sample", samples.load(line.times(rowStride).plus(row).plus(quad * VECTOR), VECTOR));
        for (int i = 0; i < VECTOR; i++) {
          code.add(sums[quad * VECTOR + i].add(sample.lane(i).broadcast(VECTOR).times(weight)));
        }
      }
    }

    private void finish(Code code, Expr sum, Expr line) {
      Layout.Slabbed map = product.map();
      Expr channel = place.groupY().times(tile.channels()).plus(column);
      Var slab = code.let("slab", rows.image(line).times(map.slabs()).plus(channel.floorDiv(LANES)));
      // By names: in the address of a vector that is stored, TVM would begin statements for a division.
      Var target = code.let("target", slab.times(map.rows()).plus(rows.position(line)));
      Expr offset = target.times(LANES).plus(channel.floorMod(LANES));
      Expr inside = line.lessThan(rows.end());
      boolean whole = product.lanes() % tile.channels() == 0;
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
