package dev.lowpass.codegen.cuda;

import dev.lowpass.codegen.tir.Buffer;
import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.codegen.tir.Register;
import dev.lowpass.runtime.tvm.DataType;
import java.util.function.BinaryOperator;

/** One item's share of the weights of a product, on their way into shared memory: as they lie, vector by vector. */
final class WeightStage {
  private static final int VECTOR = Operand.VECTOR;

  private final Buffer packed;
  private final Buffer shared;
  private final int words;
  private final BinaryOperator<Expr> target;
  private final Share share;
  private final Register[] next;

  /**
   * @param words of a turn
   * @param items of a group
   * @param target where in shared memory a vector of a half goes
   */
  WeightStage(
      Code code, Buffer packed, Buffer shared, int words, int items, Expr item, BinaryOperator<Expr> target) {
    this.packed = packed;
    this.shared = shared;
    this.words = words;
    this.target = target;
    this.share = new Share(item, items, words / VECTOR);
    this.next = new Register[share.turns()];
    for (int own = 0; own < next.length; own++) {
      next[own] = code.register("w", DataType.F32.withLanes(VECTOR));
    }
  }

  /** Begins to load those of a turn, counted through all panels. */
  void fetch(Code code, Expr turn) {
    for (int own = 0; own < next.length; own++) {
      Register register = next[own];
      Expr offset = turn.times(words).plus(share.vector(own).times(VECTOR));
      share.when(code, own, then -> then.add(register.set(packed.load(offset, VECTOR))));
    }
  }

  /** Writes what was loaded. */
  void stage(Code code, Expr half) {
    for (int own = 0; own < next.length; own++) {
      Register register = next[own];
      Expr vector = share.vector(own);
      share.when(code, own, then -> then.store(shared, target.apply(half, vector), register.get()));
    }
  }
}
