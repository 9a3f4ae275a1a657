package dev.lowpass.codegen.cuda;

import static dev.lowpass.codegen.plan.value.Layout.LANES;

import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.codegen.tir.Register;
import dev.lowpass.codegen.tir.Var;
import dev.lowpass.runtime.tvm.DataType;

/**
 * One item's share of the operand of a product, on its way into shared memory. Neighbouring items take neighbouring
 * vectors of four, of one slab of all rows of the tile after another.
 */
final class SampleStage {
  private static final int VECTOR = Operand.VECTOR;

  /** Where four numbers of a row go. */
  interface Keep {
    /**
     * Stores them.
     *
     * @param half of the shared memory, 0 or 1
     * @param row of the tile
     * @param number of the turn that is the first of the four
     */
    void keep(Code code, Expr half, Expr row, Expr number, Expr[] numbers);
  }

  private final Product product;
  private final Tile tile;
  private final KernelMemory memory;
  private final ProductTiles.Place rows;
  private final Keep keep;
  private final Share share;

  /** One for each vector of the item; none where they are computed. */
  private final Operand.Row[] operands;

  private final Register[][] next;

  SampleStage(
      Code code, Product product, Tile tile, KernelMemory memory, ProductTiles.Place rows, Expr item, Keep keep) {
    this.product = product;
    this.tile = tile;
    this.memory = memory;
    this.rows = rows;
    this.keep = keep;
    this.share = new Share(item, tile.items(), tile.rows() * tile.depth() / VECTOR);
    this.operands = new Operand.Row[product.operand().isComputed() ? 0 : share.turns()];
    this.next = new Register[operands.length][VECTOR];
    for (int own = 0; own < operands.length; own++) {
      operands[own] = operand(code, share.vector(own));
      for (int i = 0; i < VECTOR; i++) {
        next[own][i] = code.register("next", DataType.F32);
      }
    }
  }

  /** The row of which {@code vector} is a part; for rows beyond the tile its last. */
  private Operand.Row operand(Code code, Expr vector) {
    Var line = code.let("line", rows.first().plus(rowOf(vector)).min(rows.end().minus(1)));
    Var image = code.let("image", rows.image(line));
    Var position = code.let("position", rows.position(line));
    return product.operand().row(code, memory, image, position, laneOf(vector), rows.channels());
  }

  private Expr rowOf(Expr vector) {
    return vector.quotient(LANES / VECTOR).remainder(tile.rows());
  }

  private static Expr laneOf(Expr vector) {
    return vector.remainder(LANES / VECTOR).times(VECTOR);
  }

  /** The slab of a turn. */
  private Expr slabOf(Expr vector) {
    return tile.slabs() == 1 ? Expr.i32(0) : vector.quotient(LANES / VECTOR * tile.rows());
  }

  /** Begins to load the numbers of {@code turn}; what is computed goes to shared memory at once. */
  void fetch(Code code, Expr turn, Expr half) {
    Expr first = turn.times(tile.slabs());
    if (product.operand().isComputed()) {
      share.forEach(
          code,
          (body, vector) ->
              keep(body, half, vector, operand(body, vector).load(body, first.plus(slabOf(vector)))));
    }
    for (int own = 0; own < operands.length; own++) {
      Operand.Row operand = operands[own];
      Register[] registers = next[own];
      Expr slab = first.plus(slabOf(share.vector(own)));
      share.when(
          code,
          own,
          then -> {
            Expr[] numbers = operand.load(then, slab);
            for (int i = 0; i < VECTOR; i++) {
              then.add(registers[i].set(numbers[i]));
            }
          });
    }
  }

  /** Writes what was loaded. */
  void stage(Code code, Expr half) {
    for (int own = 0; own < operands.length; own++) {
      Expr vector = share.vector(own);
      Expr[] numbers = new Expr[VECTOR];
      for (int i = 0; i < VECTOR; i++) {
        numbers[i] = next[own][i].get();
      }
      share.when(code, own, then -> keep(then, half, vector, numbers));
    }
  }

  private void keep(Code code, Expr half, Expr vector, Expr[] numbers) {
    keep.keep(code, half, rowOf(vector), slabOf(vector).times(LANES).plus(laneOf(vector)), numbers);
  }
}
