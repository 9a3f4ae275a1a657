package dev.lowpass.codegen.tir;

import dev.lowpass.runtime.tvm.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Statements in the order in which they are added; {@link #build} makes one of them. What a {@code let}, a register or
 * a local buffer introduces holds for all that is added after it. For one thread.
 */
public final class Code {
  /** One addition: wraps what follows it. A plain statement wraps by coming first. */
  private final List<Entry> entries = new ArrayList<>();

  /** Where registers live: on a device they are a work-item's own. */
  private final Scope registers;

  /** Code outside any device kernel. */
  public Code() {
    this(Scope.GLOBAL);
  }

  private Code(Scope registers) {
    this.registers = registers;
  }

  /** Code that {@code writer} adds, as a statement. */
  public static Stmt of(Consumer<Code> writer) {
    return of(Scope.GLOBAL, writer);
  }

  private static Stmt of(Scope registers, Consumer<Code> writer) {
    Code code = new Code(registers);
    writer.accept(code);
    return code.build();
  }

  private Stmt inner(Consumer<Code> writer) {
    return of(registers, writer);
  }

  public Code add(Stmt statement) {
    entries.add(new Entry.Plain(statement));
    return this;
  }

  public Code store(Buffer buffer, Expr offset, Expr value) {
    return add(buffer.store(offset, value));
  }

  public Code call(Function kernel, Expr... arguments) {
    return add(Stmt.call(kernel, Arrays.asList(arguments)));
  }

  public Code call(Call call) {
    return add(call.statement());
  }

  /** A name for {@code value}, computed once, here. */
  public Var let(String name, Expr value) {
    Var variable = Var.of(name, value.type());
    entries.add(new Entry.Scoped(rest -> Stmt.let(variable, value, rest)));
    return variable;
  }

  /** A fresh register, holding nothing yet. One that is never used is an internal error of TVM. */
  public Register register(String name, DataType type) {
    Register register = new Register(name, type, registers);
    entries.add(new Entry.Scoped(register.buffer()::allocatedIn));
    return register;
  }

  /** Memory of its own: shared or local on a device; on a processor below 1024 bytes, else it costs a call. */
  public Buffer buffer(String name, DataType element, long length, Scope scope) {
    Buffer buffer = Buffer.of(name, element, length, scope);
    entries.add(new Entry.Scoped(buffer::allocatedIn));
    return buffer;
  }

  public Code loop(String name, Expr extent, BiConsumer<Code, Var> body) {
    return loop(name, extent, LoopKind.SERIAL, body);
  }

  public Code loop(String name, long extent, BiConsumer<Code, Var> body) {
    return loop(name, Expr.i32(extent), LoopKind.SERIAL, body);
  }

  public Code loop(String name, Expr extent, LoopKind kind, BiConsumer<Code, Var> body) {
    Var variable = Var.i32(name);
    return add(Stmt.loop(variable, extent, kind, inner(code -> body.accept(code, variable))));
  }

  public Code loop(String name, long extent, ThreadAxis axis, BiConsumer<Code, Var> body) {
    return loop(name, Expr.i32(extent), axis, body);
  }

  /** On a device; the extent of a work-group's axis is a constant. */
  public Code loop(String name, Expr extent, ThreadAxis axis, BiConsumer<Code, Var> body) {
    Var variable = Var.i32(name);
    return add(Stmt.loop(variable, extent, axis, of(Scope.LOCAL, code -> body.accept(code, variable))));
  }

  public Code loopWhile(Expr condition, Consumer<Code> body) {
    return add(Stmt.loopWhile(condition, inner(body)));
  }

  /** See {@link Stmt#together}. */
  public Code together(Consumer<Code> body) {
    return add(Stmt.together(inner(body)));
  }

  public Code when(Expr condition, Consumer<Code> body) {
    return add(Stmt.ifThen(condition, inner(body)));
  }

  public Code when(Expr condition, Consumer<Code> body, Consumer<Code> otherwise) {
    return add(Stmt.ifThenElse(condition, inner(body), inner(otherwise)));
  }

  public Code barrier() {
    return add(Stmt.barrier());
  }

  /** Everything added so far as one statement. */
  public Stmt build() {
    List<Stmt> following = new ArrayList<>();
    for (Entry entry : entries.reversed()) {
      switch (entry) {
        case Entry.Plain(Stmt statement) -> following.addFirst(statement);
        case Entry.Scoped(UnaryOperator<Stmt> wrapper) -> {
          Stmt wrapped = wrapper.apply(Stmt.sequence(following));
          following.clear();
          following.add(wrapped);
        }
      }
    }
    return Stmt.sequence(following);
  }

  private sealed interface Entry {
    record Plain(Stmt statement) implements Entry {}

    record Scoped(UnaryOperator<Stmt> wrapper) implements Entry {}
  }
}
