package dev.lowpass.codegen.tir;

import dev.lowpass.runtime.tvm.DataType;
import dev.lowpass.runtime.tvm.Tvm;
import dev.lowpass.runtime.tvm.TvmObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A statement of TIR. Immutable. {@link Code} is the comfortable way to write many. */
public final class Stmt {
  private static final int THREAD_BOUND = 4;
  private static final int THREAD_INDEX = 1;

  private final TvmObject node;
  private final int depth;

  Stmt(TvmObject node, int depth) {
    this.node = node;
    this.depth = depth;
  }

  /** One after the other; nothing, where there are none. */
  public static Stmt sequence(List<Stmt> statements) {
    return switch (statements.size()) {
      case 0 -> evaluate(Expr.i32(0));
      case 1 -> statements.getFirst();
      default -> {
        TvmObject node = Tvm.object("tir.SeqStmt", statements.stream().map(Stmt::node).toList(), null);
        yield new Stmt(node, Depth.over(statements));
      }
    };
  }

  /** {@code body} for {@code variable} from 0 to {@code extent} exclusive. */
  public static Stmt loop(Var variable, Expr extent, LoopKind kind, Stmt body) {
    return new Stmt(Tvm.object("tir.For", variable.node(), Expr.i32(0).node(), extent.node(), kind.ordinal(),
        body.node(), null, Tvm.map(Map.of()), null), Depth.over(extent, body));
  }

  /** {@code body} for every index of a device's axis; the outermost such loop starts a device kernel. */
  public static Stmt loop(Var variable, Expr extent, ThreadAxis axis, Stmt body) {
    TvmObject thread = Tir.iterationVariable(Tir.variable(axis.tag(), "int32"), THREAD_INDEX, axis.tag());
    return new Stmt(Tvm.object("tir.For", variable.node(), Expr.i32(0).node(), extent.node(), THREAD_BOUND, body.node(),
        thread, Tvm.map(Map.of()), null), Depth.over(extent, body));
  }

  /**
   * {@code body} with {@code variable} standing for {@code value}. Some 300 of these in a chain, each using the one
   * before twice, make TVM's simplifier run for ever.
   */
  public static Stmt let(Var variable, Expr value, Stmt body) {
    TvmObject node = Tvm.object("tir.LetStmt", variable.node(), value.node(), body.node(), null);
    return new Stmt(node, Depth.over(value, body));
  }

  public static Stmt ifThen(Expr condition, Stmt body) {
    TvmObject node = Tvm.object("tir.IfThenElse", condition.node(), body.node(), null, null);
    return new Stmt(node, Depth.over(condition, body));
  }

  public static Stmt ifThenElse(Expr condition, Stmt whenTrue, Stmt whenFalse) {
    TvmObject node = Tvm.object("tir.IfThenElse", condition.node(), whenTrue.node(), whenFalse.node(), null);
    return new Stmt(node, Depth.over(condition, whenTrue, whenFalse));
  }

  /** {@code body} as long as {@code condition} holds, which is looked at before each turn. */
  public static Stmt loopWhile(Expr condition, Stmt body) {
    return new Stmt(Tvm.object("tir.While", condition.node(), body.node(), null), Depth.over(condition, body));
  }

  /**
   * {@code body} once for each worker of the thread pool, all at the same time: parallel loops in it are shared out
   * among those that are there already.
   */
  public static Stmt together(Stmt body) {
    return pragma("parallel_launch_point", Expr.i32(1).node(), body);
  }

  /** Calls the C function {@code name}; its result is dropped. */
  public static Stmt external(String name) {
    return evaluate(Expr.procedure(name, DataType.I32));
  }

  /** Fails with {@code message}, which the caller of the packed function gets, unless {@code condition} holds. */
  public static Stmt require(Expr condition, String message) {
    TvmObject text = Tvm.object("tir.StringImm", message, null);
    TvmObject nothing = evaluate(Expr.i32(0)).node();
    return new Stmt(Tvm.object("tir.AssertStmt", condition.node(), text, nothing, null), Depth.over(condition));
  }

  /** {@code body}, which may call functions that {@code llvm}, text of LLVM's language, defines. */
  public static Stmt importing(String llvm, Stmt body) {
    return pragma("import_llvm", Tvm.object("tir.StringImm", llvm, null), body);
  }

  private static Stmt pragma(String key, TvmObject value, Stmt body) {
    TvmObject node = Tvm.object("tir.AttrStmt", Expr.i32(0).node(), "pragma_" + key, value, body.node(), null);
    return new Stmt(node, Depth.over(List.of(body)));
  }

  public static Stmt evaluate(Expr value) {
    return new Stmt(Tvm.object("tir.Evaluate", value.node(), null), Depth.over(value));
  }

  /**
   * Calls the kernel {@code function}, which is or will be linked in; its result is dropped.
   *
   * @throws IllegalArgumentException if number or kind of the arguments is not what the kernel wants
   */
  public static Stmt call(Function function, List<? extends Expr> arguments) {
    function.signature().check(Signature.Convention.KERNEL, arguments);
    return evaluate(Expr.procedure(function.name(), DataType.I32, arguments.toArray(Expr[]::new)));
  }

  /**
   * Calls the packed function {@code entry} of the same library. Where it takes tensors, {@code arguments} are the
   * caller's own, see {@link Var#tensor}. Its failure is the caller's.
   *
   * @throws IllegalArgumentException if number or kind of the arguments is not what the entry wants
   */
  public static Stmt callEntry(Function entry, List<? extends Expr> arguments) {
    entry.signature().check(Signature.Convention.ENTRY, arguments);
    List<Object> all = new ArrayList<>();
    all.add(Tvm.object("tir.StringImm", entry.name(), null));
    all.addAll(Expr.nodes(arguments));
    all.add(Tir.call(DataType.HANDLE, "tir.reinterpret", List.of(Tir.integer(DataType.I64, 0))));
    TvmObject call = Tir.call(DataType.I32, "tir.tvm_call_cpacked", all);
    return new Stmt(Tvm.object("tir.Evaluate", call, null), Depth.over(arguments.toArray(Expr[]::new)));
  }

  /** Waits until every work-item of the group is here and sees the others' {@link Scope#SHARED} writes. */
  public static Stmt barrier() {
    List<Object> scope = List.of(Tvm.object("tir.StringImm", Scope.SHARED.tvmName(), null));
    return new Stmt(Tvm.object("tir.Evaluate", Tir.call(DataType.I32, "tir.tvm_storage_sync", scope), null), 1);
  }

  /** {@code body} with memory of its own for {@code buffer}, which {@code body} must use. */
  public static Stmt allocate(Buffer buffer, Stmt body) {
    return buffer.allocatedIn(body);
  }

  TvmObject node() {
    return node;
  }

  int depth() {
    return depth;
  }

  /** TVMScript, for debugging. */
  @Override
  public String toString() {
    return node.toString();
  }
}
