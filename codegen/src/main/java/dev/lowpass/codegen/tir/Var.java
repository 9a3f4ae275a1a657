package dev.lowpass.codegen.tir;

import dev.lowpass.runtime.tvm.DataType;
import dev.lowpass.runtime.tvm.TvmObject;

/** A named value. Two variables of one name are two variables. */
public final class Var extends Expr implements Parameter {
  private final String name;

  private Var(String name, TvmObject node, Kind kind) {
    super(node, kind);
    this.name = name;
  }

  public static Var of(String name, DataType type) {
    return new Var(name, Tir.variable(name, type.toString()), Kind.of(type));
  }

  /** A 32-bit integer: loop counters, offsets, integer parameters. */
  public static Var i32(String name) {
    return of(name, DataType.I32);
  }

  /** A tensor of {@code element}s that an entry does not look into, but passes on to another one. */
  public static Var tensor(String name, DataType element) {
    return new Var(name, Tir.variable(name, DataType.HANDLE.toString()), new Kind.Tensor(element));
  }

  /** A pointer to elements of {@code element}. */
  static Var pointer(String name, DataType element, Scope scope) {
    return new Var(name, Tir.pointer(name, element, scope), Kind.pointer(element));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Var variable() {
    return this;
  }
}
