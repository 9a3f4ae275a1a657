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

  default Expr load(Slot slot, Expr offset) {
    return bufferOf(slot).load(offset.plus(start(slot)));
  }

  /** {@code lanes} neighbouring elements from {@code offset}. */
  default Expr load(Slot slot, Expr offset, int lanes) {
    return bufferOf(slot).load(offset.plus(start(slot)), lanes);
  }

  default Stmt store(Slot slot, Expr offset, Expr value) {
    return bufferOf(slot).store(offset.plus(start(slot)), value);
  }

  default Expr parameter(int base, Expr offset) {
    return parameters().load(offset.plus(base));
  }

  /** Word {@code index} of a table of integers. */
  default Expr table(int base, Expr index) {
    return parameter(base, index).reinterpret(DataType.I32);
  }
}
