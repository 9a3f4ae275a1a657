package dev.lowpass.codegen.element;

import dev.lowpass.codegen.plan.value.Slot;
import dev.lowpass.codegen.tir.Buffer;
import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.codegen.tir.Stmt;
import dev.lowpass.runtime.tvm.DataType;

/** Slots and parameters as code sees them: which buffer, and from which element on. */
public interface Memory {
  Buffer bufferOf(Slot slot);

  /** Element of its buffer at which {@code slot} starts. */
  int start(Slot slot);

  Buffer parameters();

  /** The element at {@code offset}, as a number of the type in which its type is computed. */
  default Expr load(Slot slot, Expr offset) {
    return load(slot, offset, 1);
  }

  /** {@code lanes} neighbouring elements from {@code offset}; more than one where {@link #isVector} says so. */
  default Expr load(Slot slot, Expr offset, int lanes) {
    return slot.isEncoded()
        ? Encoded.load(bufferOf(slot), offset.plus(start(slot)), slot.element(), lanes)
        : Words.load(bufferOf(slot), start(slot), offset, slot.element(), lanes);
  }

  /** Writes neighbouring elements from {@code offset} on, as many as {@code value} has lanes. */
  default Stmt store(Slot slot, Expr offset, Expr value) {
    return slot.isEncoded()
        ? Encoded.store(bufferOf(slot), offset.plus(start(slot)), slot.element(), value)
        : Words.store(bufferOf(slot), start(slot), offset, slot.element(), value);
  }

  /** Whether neighbouring elements of {@code slot} can be read and written as one vector. */
  static boolean isVector(Slot slot) {
    return slot.isEncoded() || slot.words() == 1;
  }

  default Expr parameter(int base, Expr offset) {
    return parameters().load(offset.plus(base));
  }

  /** Word {@code index} of a table of integers. */
  default Expr table(int base, Expr index) {
    return parameter(base, index).reinterpret(DataType.I32);
  }
}
