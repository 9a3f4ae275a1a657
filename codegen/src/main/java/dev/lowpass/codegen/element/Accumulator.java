package dev.lowpass.codegen.element;

import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.codegen.tir.Register;
import dev.lowpass.codegen.tir.Stmt;
import dev.lowpass.runtime.tvm.DataType;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.stream.IntStream;

/** One number of all elements of a run, or one in each lane for runs side by side. */
final class Accumulator {
  private final BinaryOperator<Expr> join;
  private final Register total;

  /** Of those elements that come as vectors. */
  private final Optional<Register> vector;

  /**
   * @param type of an element
   * @param start what the number of no elements is
   */
  Accumulator(Code code, String name, DataType type, Sweep sweep, double start, BinaryOperator<Expr> join) {
    this.join = join;
    DataType across = type.withLanes(sweep.across());
    this.total = code.register(name, across);
    code.add(total.set(Expr.constant(across, start)));
    if (sweep.along() == 1) {
      this.vector = Optional.empty();
    } else {
      DataType along = type.withLanes(sweep.along());
      Register register = code.register(name + "_lanes", along);
      code.add(register.set(Expr.constant(along, start)));
      this.vector = Optional.of(register);
    }
  }

  /** Takes in elements, as many as the sweep gives. */
  Stmt take(Expr elements) {
    Register register = vector.filter(_ -> elements.lanes() > 1).orElse(total);
    return register.set(join.apply(register.get(), elements));
  }

  /** The number, or those of runs side by side. */
  Expr get(Code code) {
    if (vector.isEmpty()) {
      return code.let("total", total.get());
    }
    // By halves. Each is kept in a register: TVM's rules for nested maxima take minutes.
    Expr lanes = code.let("lanes", vector.get().get());
    while (lanes.lanes() > 1) {
      int half = lanes.lanes() / 2;
      Register joined = code.register("half", lanes.type().withLanes(half));
      code.add(joined.set(join.apply(part(lanes, 0, half), part(lanes, half, half))));
      lanes = code.let("lanes", joined.get());
    }
    code.add(total.set(join.apply(total.get(), lanes)));
    return code.let("total", total.get());
  }

  private static Expr part(Expr lanes, int first, int count) {
    return Expr.shuffle(List.of(lanes), IntStream.range(first, first + count).toArray());
  }
}
