package dev.lowpass.codegen.tir;

import dev.lowpass.runtime.tvm.DataType;
import dev.lowpass.runtime.tvm.Tvm;
import dev.lowpass.runtime.tvm.TvmObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A function of TIR with a name that the linker sees.
 *
 * <p>A <em>kernel</em> takes raw pointers and integers with C linkage. It is compiled to an object file of its own, and
 * that is a matter of correctness: TVM marks loads and stores with the buffer they belong to and LLVM takes different
 * buffers not to overlap, which is true inside a kernel and false between two kernels that share an arena. A call into
 * another object file is a boundary that no optimisation crosses.
 *
 * <p>An <em>entry</em> is a packed function over tensors, which calls the kernels.
 */
public final class Function {
  /** A convention other than the default tells TVM to leave the parameters alone. */
  private static final int NO_PACKED_WRAPPER = 1;

  private final String name;
  private final TvmObject node;

  private Function(String name, TvmObject node) {
    this.name = name;
    this.node = node;
  }

  /** A kernel whose buffers do not overlap, by its callers' promise. */
  public static Function kernel(String name, List<? extends Parameter> parameters, Stmt body) {
    Stmt declared = body;
    for (Parameter parameter : parameters.reversed()) {
      if (parameter instanceof Buffer buffer) {
        declared = buffer.declaredIn(declared);
      }
    }
    List<Var> variables = parameters.stream().map(Parameter::variable).toList();
    return kernel(name, Expr.nodes(variables), declared.node(), true);
  }

  /**
   * A kernel whose buffers may overlap: slower, since any store may change what any load reads. TVM gives a pointer
   * marks of its own when it is a parameter but not when it is bound inside the body, hence the detour.
   */
  public static Function overlapping(String name, List<? extends Parameter> parameters, Stmt body) {
    List<Var> variables = new ArrayList<>();
    Stmt bound = body;
    for (Parameter parameter : parameters.reversed()) {
      if (parameter instanceof Buffer buffer) {
        Var raw = Var.of(buffer.name(), DataType.HANDLE);
        Expr pointer = Expr.intrinsic("tir.reinterpret", DataType.HANDLE, raw);
        bound = Stmt.let(buffer.variable(), pointer, buffer.declaredIn(bound));
        variables.addFirst(raw);
      } else {
        variables.addFirst(parameter.variable());
      }
    }
    return kernel(name, Expr.nodes(variables), bound.node(), false);
  }

  /** A kernel of a lowered body over {@code pointers} that do not overlap. */
  static Function ofPointers(String name, List<TvmObject> pointers, TvmObject body) {
    return kernel(name, pointers, body, true);
  }

  private static Function kernel(String name, List<TvmObject> parameters, TvmObject body, boolean distinct) {
    TvmObject function =
        Tvm.object("tir.PrimFunc", parameters, body, Tir.primitive(DataType.I32), Tvm.map(Map.of()), null, null);
    function = Tir.withAttribute(function, "calling_conv", Expr.i32(NO_PACKED_WRAPPER).node());
    return named(name, Tir.withAttribute(function, "tir.noalias", Tir.truth(distinct)));
  }

  /**
   * A packed function whose arguments are flat tensors, one a buffer, and integers. Type and length of tensors are
   * checked at each call.
   */
  public static Function entry(String name, List<? extends Parameter> arguments, Stmt body) {
    Map<TvmObject, TvmObject> buffers = new LinkedHashMap<>();
    List<TvmObject> parameters = new ArrayList<>();
    for (Parameter argument : arguments) {
      if (argument instanceof Buffer buffer) {
        TvmObject tensor = Tir.variable(buffer.name(), "handle");
        buffers.put(tensor, buffer.node());
        parameters.add(tensor);
      } else {
        parameters.add(argument.variable().node());
      }
    }
    TvmObject function = Tvm.object("tir.PrimFunc", parameters, body.node(), null, Tvm.map(buffers), null, null);
    return named(name, Tir.withAttribute(function, "tir.noalias", Tir.truth(true)));
  }

  /** A function that a schedule made. */
  static Function named(String name, TvmObject primFunc) {
    return new Function(name, Tir.withAttribute(primFunc, "global_symbol", name));
  }

  public String name() {
    return name;
  }

  TvmObject node() {
    return node;
  }

  /** A module of this function alone. */
  public TvmObject module() {
    return module(List.of(this));
  }

  public static TvmObject module(List<Function> functions) {
    Map<TvmObject, TvmObject> nodes = new LinkedHashMap<>();
    for (Function function : functions) {
      nodes.put(Tvm.object("ir.GlobalVar", function.name, Tir.primitive(DataType.I32)), function.node);
    }
    return Tir.module(nodes);
  }

  /** TVMScript, for debugging. */
  @Override
  public String toString() {
    return node.toString();
  }
}
