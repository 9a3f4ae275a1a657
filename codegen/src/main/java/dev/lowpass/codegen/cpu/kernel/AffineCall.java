package dev.lowpass.codegen.cpu.kernel;

import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.codegen.tir.Function;
import java.util.Optional;

/**
 * A call of a kernel that computes y = act(x W + b + residual), in which all are addresses.
 *
 * @param <C> the call itself
 */
public abstract class AffineCall<C extends AffineCall<C>> extends KernelCall {
  protected AffineCall(Function kernel) {
    super(kernel);
  }

  protected abstract C self();

  public final C x(Expr address) {
    pass("x", address);
    return self();
  }

  public final C weights(Expr address) {
    pass("w", address);
    return self();
  }

  public final C bias(Expr address) {
    pass("b", address);
    return self();
  }

  /** Of a kernel that adds one. */
  public final C residual(Optional<Expr> address) {
    address.ifPresent(present -> pass("residual", present));
    return self();
  }

  public final C y(Expr address) {
    pass("y", address);
    return self();
  }
}
