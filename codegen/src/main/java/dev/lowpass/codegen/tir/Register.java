package dev.lowpass.codegen.tir;

import dev.lowpass.runtime.tvm.DataType;

/**
 * A variable that a processor's register holds, or two where sixteen integers of 64 bits are one variable: up to 128
 * bytes of stack, which LLVM promotes. One for each accumulator;
 * a single large array would become a call of TVM's workspace allocator in every tile.
 */
public final class Register {
  private static final int MOST_BYTES = 128;

  private final Buffer buffer;
  private final int lanes;

  Register(String name, DataType type, Scope scope) {
    if (type.bytes() * type.lanes() > MOST_BYTES) {
      throw new IllegalArgumentException(type + " is wider than two registers of 64 bytes");
    }
    this.buffer = Buffer.of(name, type.withLanes(1), type.lanes(), scope);
    this.lanes = type.lanes();
  }

  public Expr get() {
    return buffer.load(Expr.i32(0), lanes);
  }

  /** Sets every lane; a scalar is broadcast. */
  public Stmt set(Expr value) {
    return buffer.store(Expr.i32(0), value.broadcast(lanes));
  }

  public Stmt add(Expr value) {
    return set(get().plus(value));
  }

  Buffer buffer() {
    return buffer;
  }
}
