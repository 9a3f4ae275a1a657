package dev.lowpass.codegen.cuda;

import dev.lowpass.codegen.tir.Buffer;
import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.codegen.tir.Register;
import dev.lowpass.codegen.tir.Var;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * The loop of a product's group: while a turn is computed from one half of the shared memory, the next one's numbers are
 * on their way from global memory into registers, and then go to the other half.
 */
record Turns(Product product, Tile tile, ProductTiles.Place rows, SampleStage samples, WeightStage weights) {
  private static final int VECTOR = Operand.VECTOR;

  /**
   * Writes it.
   *
   * @param panel of outputs
   * @param compute what a turn computes of a half
   */
  void write(Code code, Expr panel, BiConsumer<Code, Expr> compute) {
    if (product.isDense()) {
      loop(code, panel, Expr.i32(product.turns(tile)), compute);
    } else {
      Var turns = code.let("turns", rows.channels().plus(tile.depth() - 1).quotient(tile.depth()));
      code.when(Expr.i32(0).lessThan(turns), some -> loop(some, panel, turns, compute));
    }
  }

  private void loop(Code code, Expr panel, Expr turns, BiConsumer<Code, Expr> compute) {
    Expr first = panel.times(product.turns(tile));
    fetch(code, first, Expr.i32(0), Expr.i32(0));
    stage(code, Expr.i32(0));
    code.barrier();
    code.loop(
        "turn",
        turns,
        (body, turn) -> {
          Expr next = turn.plus(1);
          Expr other = next.remainder(2);
          body.when(next.lessThan(turns), then -> fetch(then, first, next, other));
          compute.accept(body, turn.remainder(2));
          body.when(next.lessThan(turns), then -> stage(then, other));
          body.barrier();
        });
  }

  private void fetch(Code code, Expr first, Expr turn, Expr half) {
    weights.fetch(code, first.plus(turn));
    samples.fetch(code, turn, half);
  }

  private void stage(Code code, Expr half) {
    samples.stage(code, half);
    weights.stage(code, half);
  }

  /**
   * Adds the sums of all parts to those of the first, one vector of them after the other.
   *
   * @param item the item's number in its group
   * @param shared memory for a vector of every item
   */
  void addParts(Code code, Expr item, Register[] sums, Buffer shared) {
    if (tile.parts() == 1) {
      return;
    }
    Expr own = item.times(VECTOR);
    for (Register sum : sums) {
      code.store(shared, own, sum.get());
      code.barrier();
      code.when(
          item.lessThan(tile.itemsOfPart()),
          then -> {
            for (int part = 1; part < tile.parts(); part++) {
              then.add(sum.add(shared.load(own.plus(part * tile.itemsOfPart() * VECTOR), VECTOR)));
            }
          });
      code.barrier();
    }
  }

  /** Writes {@code body} for the items of the first part, which has all sums then. */
  void whenFirst(Code code, Expr item, Consumer<Code> body) {
    if (tile.parts() == 1) {
      body.accept(code);
    } else {
      code.when(item.lessThan(tile.itemsOfPart()), body);
    }
  }

  /** Which part of a turn an item has. */
  Expr part(Expr item) {
    return tile.parts() == 1 ? Expr.i32(0) : item.quotient(tile.itemsOfPart());
  }
}
