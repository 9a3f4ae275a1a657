package dev.lowpass.codegen.tir;

import dev.lowpass.runtime.tvm.DataType;
import dev.lowpass.runtime.tvm.Tvm;
import dev.lowpass.runtime.tvm.TvmObject;
import java.util.List;
import java.util.Map;

/**
 * A flat run of elements behind a pointer. Offsets count elements. Two buffers of one kernel are taken not to overlap
 * unless the kernel says that they may ({@link Function#overlapping}).
 */
public final class Buffer implements Parameter {
  /**
   * A length for memory that is passed by address: no one checks it, and offsets computed from it stay 32-bit integers.
   */
  public static final int UNCHECKED = 1 << 30;

  private static final int ALIGNMENT = 64;

  private final Var pointer;
  private final DataType element;
  private final long length;
  private final TvmObject node;

  private Buffer(String name, DataType element, long length, Scope scope) {
    this.pointer = Var.pointer(name, element, scope);
    this.element = element;
    this.length = length;
    this.node = Tvm.object("tir.Buffer", pointer.node(), element.toString(),
        List.of(Expr.i32(length).node()), List.of(), Expr.i32(0).node(), name, ALIGNMENT, 1, "default", List.of(),
        null);
  }

  public static Buffer of(String name, DataType element, long length) {
    return new Buffer(name, element, length, Scope.GLOBAL);
  }

  public static Buffer of(String name, DataType element, long length, Scope scope) {
    return new Buffer(name, element, length, scope);
  }

  public static Buffer f32(String name, long length) {
    return of(name, DataType.F32, length);
  }

  public static Buffer i32(String name, long length) {
    return of(name, DataType.I32, length);
  }

  /** The element at {@code offset}; the elements at a vector of offsets where it is one. */
  public Expr load(Expr offset) {
    TvmObject load = Tvm.object("tir.BufferLoad", node, List.of(offset.node()), null, null);
    return new Expr(load, element.withLanes(offset.lanes()), offset);
  }

  public Expr load(long offset) {
    return load(Expr.i32(offset));
  }

  /** {@code lanes} neighbouring elements from {@code offset}: one vector load. */
  public Expr load(Expr offset, int lanes) {
    return load(lanes == 1 ? offset : Expr.ramp(offset, lanes));
  }

  /** Writes {@code value} at {@code offset}; a vector goes to as many neighbouring elements. */
  public Stmt store(Expr offset, Expr value) {
    Expr where = value.lanes() == offset.lanes() ? offset : Expr.ramp(offset, value.lanes());
    TvmObject store = Tvm.object("tir.BufferStore", node, value.node(), List.of(where.node()), null, null);
    return new Stmt(store, Depth.over(value, where));
  }

  public Stmt store(long offset, Expr value) {
    return store(Expr.i32(offset), value);
  }

  /** A pointer to the element at {@code offset}, for a kernel's argument. On the processor only. */
  public Expr address(Expr offset) {
    return Expr.intrinsic("tir.address_of", DataType.HANDLE, load(offset)).pointingTo(element);
  }

  /** Asks for the cache line of the element at {@code offset}, which may lie outside the buffer: nothing is read. */
  public Stmt prefetch(Expr offset) {
    int everyLevel = 3;
    return prefetch(offset, everyLevel);
  }

  /** The same, but only as near as the second-level cache: for more than the first would keep. */
  public Stmt prefetchFar(Expr offset) {
    int secondLevel = 2;
    return prefetch(offset, secondLevel);
  }

  private Stmt prefetch(Expr offset, int locality) {
    Expr read = Expr.i32(0);
    Expr data = Expr.i32(1);
    return Stmt.evaluate(Expr.intrinsic("tir.prefetch", DataType.I32, address(offset), read, Expr.i32(locality), data));
  }

  public Expr address(long offset) {
    return address(Expr.i32(offset));
  }

  public DataType element() {
    return element;
  }

  /** Elements. */
  public long length() {
    return length;
  }

  @Override
  public String name() {
    return pointer.name();
  }

  @Override
  public Var variable() {
    return pointer;
  }

  TvmObject node() {
    return node;
  }

  /** {@code body} with this buffer declared over its pointer. */
  Stmt declaredIn(Stmt body) {
    return new Stmt(Tvm.object("tir.DeclBuffer", node, body.node(), null), Depth.over(List.of(body)));
  }

  /** {@code body} with memory of its own for this buffer. */
  Stmt allocatedIn(Stmt body) {
    TvmObject extents = Tvm.array(List.of(Expr.i32(length).node()));
    Stmt declared = declaredIn(body);
    TvmObject allocation = Tvm.object("tir.Allocate", pointer.node(), element.toString(), extents, Tir.truth(true),
        declared.node(), Tvm.map(Map.of()), null);
    return new Stmt(allocation, Depth.over(List.of(declared)));
  }
}
