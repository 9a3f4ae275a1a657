package dev.lowpass.codegen.cpu.kernel;

import dev.lowpass.codegen.tir.Call;
import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.codegen.tir.Function;
import dev.lowpass.codegen.tir.Parameter;

/**
 * A call of a kernel while it is written. Every kind of kernel has a kind of call, with a method for each argument: a
 * caller names what it passes, in any order, and the kernel alone knows how it takes them. One that is missing, passed
 * twice or of another kind is found when the call is built.
 */
public abstract class KernelCall {
  private final Function kernel;
  private final Call call;

  protected KernelCall(Function kernel) {
    this.kernel = kernel;
    this.call = Call.to(kernel);
  }

  protected final void pass(String parameter, Expr argument) {
    call.pass(parameter, argument);
  }

  /** Passes an argument that some kernels of the kind do without, if this one takes it. */
  protected final void offer(String parameter, Expr argument) {
    if (kernel.parameters().stream().map(Parameter::name).anyMatch(parameter::equals)) {
      call.pass(parameter, argument);
    }
  }

  /** Adds the call to {@code code}. */
  public final void in(Code code) {
    code.call(call);
  }
}
