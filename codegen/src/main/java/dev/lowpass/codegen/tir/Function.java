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
 *
 * <p>A call of either is checked against its parameters when it is built.
 */
public final class Function {
  /** A convention other than the default tells TVM to leave the parameters alone. */
  private static final int NO_PACKED_WRAPPER = 1;

  /** The convention of what a device runs. */
  private static final int DEVICE_LAUNCH = 2;

  private final Signature signature;
  private final TvmObject node;

  private Function(Signature signature, TvmObject primFunc) {
    this.signature = signature;
    this.node = Tir.withAttribute(primFunc, "global_symbol", signature.function());
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
    return kernel(name, parameters, variables, declared, true, NO_PACKED_WRAPPER);
  }

  /**
   * A kernel of a device, which is launched over the axes to which its loops are bound. Its buffers do not overlap, by the
   * promise of whoever launches it.
   */
  public static Function device(String name, List<Buffer> parameters, Stmt body) {
    Stmt declared = body;
    for (Buffer buffer : parameters.reversed()) {
      declared = buffer.declaredIn(declared);
    }
    List<Var> variables = parameters.stream().map(Buffer::variable).toList();
    return kernel(name, parameters, variables, declared, true, DEVICE_LAUNCH);
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
    return kernel(name, parameters, variables, bound, false, NO_PACKED_WRAPPER);
  }

  /** @param variables what the body knows the parameters by */
  private static Function kernel(
      String name,
      List<? extends Parameter> parameters,
      List<Var> variables,
      Stmt body,
      boolean distinct,
      int convention) {
    Depth.check(name, body);
    TvmObject function =
        Tvm.object(
            "tir.PrimFunc",
            Expr.nodes(variables),
            body.node(),
            convention == DEVICE_LAUNCH ? null : Tir.primitive(DataType.I32),
            Tvm.map(Map.of()),
            null,
            null);
    function = Tir.withAttribute(function, "calling_conv", Expr.i32(convention).node());
    function = Tir.withAttribute(function, "tir.noalias", Tir.truth(distinct));
    return new Function(new Signature(name, Signature.Convention.KERNEL, List.copyOf(parameters)), function);
  }

  /**
   * A packed function whose arguments are flat tensors, one a buffer, and integers. Type and length of tensors are
   * checked at each call.
   */
  public static Function entry(String name, List<? extends Parameter> parameters, Stmt body) {
    Map<TvmObject, TvmObject> buffers = new LinkedHashMap<>();
    List<Var> variables = new ArrayList<>();
    for (Parameter parameter : parameters) {
      switch (parameter) {
        case Buffer buffer -> {
          Var tensor = Var.tensor(buffer.name(), buffer.element());
          buffers.put(tensor.node(), buffer.node());
          variables.add(tensor);
        }
        case Var variable -> variables.add(variable);
      }
    }
    Depth.check(name, body);
    TvmObject function =
        Tvm.object("tir.PrimFunc", Expr.nodes(variables), body.node(), null, Tvm.map(buffers), null, null);
    function = Tir.withAttribute(function, "tir.noalias", Tir.truth(true));
    return new Function(new Signature(name, Signature.Convention.ENTRY, List.copyOf(parameters)), function);
  }

  public String name() {
    return signature.function();
  }

  /** What a call must bring, in order. */
  public List<Parameter> parameters() {
    return signature.parameters();
  }

  Signature signature() {
    return signature;
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
      nodes.put(Tvm.object("ir.GlobalVar", function.name(), Tir.primitive(DataType.I32)), function.node);
    }
    return Tir.module(nodes);
  }

  /** TVMScript, for debugging. */
  @Override
  public String toString() {
    return node.toString();
  }
}
