package dev.lowpass.codegen.emit;

import dev.lowpass.codegen.plan.value.Layout;
import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.codegen.tir.Register;
import dev.lowpass.runtime.tvm.DataType;
import java.util.ArrayDeque;
import java.util.Deque;

/** Registers of one scope and type, used again once released: every register of TIR costs the compiler time. */
public final class RegisterPool {
  public static final DataType VECTOR = DataType.F32.withLanes(Layout.LANES);

  private final Code scope;
  private final DataType type;
  private final Deque<Register> free = new ArrayDeque<>();

  /** Vectors of 16 lanes. */
  public RegisterPool(Code scope) {
    this(scope, VECTOR);
  }

  public RegisterPool(Code scope, DataType type) {
    this.scope = scope;
    this.type = type;
  }

  DataType type() {
    return type;
  }

  /** Lanes of each register. */
  public int lanes() {
    return type.lanes();
  }

  /** A register that holds {@code value} from here on. */
  public Register holding(Expr value) {
    Register register = free.isEmpty() ? scope.register("v", type) : free.pop();
    scope.add(register.set(value));
    return register;
  }

  public void release(Register... registers) {
    for (Register register : registers) {
      free.push(register);
    }
  }
}
