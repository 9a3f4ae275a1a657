package dev.lowpass.codegen.cuda;

import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Those of a group's {@code vectors} that are one item's: every so many of all, from its own number on. */
record Share(Expr item, int items, int vectors) {
  int turns() {
    return Math.ceilDiv(vectors, items);
  }

  Expr vector(int turn) {
    return vector(Expr.i32(turn));
  }

  Expr vector(Expr turn) {
    return item.plus(turn.times(items));
  }

  /** Writes {@code body} for those items that have a vector in {@code turn}. */
  void when(Code code, int turn, Consumer<Code> body) {
    if ((turn + 1) * items <= vectors) {
      body.accept(code);
    } else {
      code.when(vector(turn).lessThan(vectors), body);
    }
  }

  /** Writes {@code body} once, in a loop over all vectors of the item. */
  void forEach(Code code, BiConsumer<Code, Expr> body) {
    code.loop(
        "v",
        turns(),
        (inner, turn) -> {
          Expr vector = inner.let("vector", vector(turn));
          if (vectors % items == 0) {
            body.accept(inner, vector);
          } else {
            inner.when(vector.lessThan(vectors), then -> body.accept(then, vector));
          }
        });
  }
}
