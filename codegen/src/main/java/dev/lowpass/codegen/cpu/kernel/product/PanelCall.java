package dev.lowpass.codegen.cpu.kernel.product;

import dev.lowpass.codegen.cpu.kernel.AffineCall;
import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.codegen.tir.Function;
import dev.lowpass.runtime.tvm.DataType;

/**
 * A call of a {@link PanelKernel}, for some rows and the first channels of x. What only some such kernels take is
 * offered to all.
 */
public final class PanelCall extends AffineCall<PanelCall> {
  PanelCall(Function kernel) {
    super(kernel);
  }

  @Override
  protected PanelCall self() {
    return this;
  }

  public PanelCall rows(Expr count) {
    pass("rows", count);
    return this;
  }

  public PanelCall channels(Expr count) {
    pass("channels", count);
    return this;
  }

  /** How many of the rows, from the first on, get the bias. */
  public PanelCall biasRows(Expr count) {
    offer("biasRows", count);
    return this;
  }

  /** Other than 0 if x may lie in another core's cache. */
  public PanelCall far(Expr flag) {
    offer("far", flag);
    return this;
  }

  /** The address of what is read after this. */
  public PanelCall soon(Expr address) {
    offer("soon", address);
    return this;
  }

  /**
   * Of a kernel for rounded input, which x is.
   *
   * @param between elements of 32 bits from one step of 32 channels to the next
   * @param sums the address of {@link RoundedKernel#SUMS} elements of scratch
   */
  public PanelCall rounded(Expr between, Expr sums) {
    pass("between", between);
    pass("sums", sums);
    return this;
  }

  /** The address of scratch for a list of what is not zero, see {@link Zeros#scratch}. */
  public PanelCall list(Expr address) {
    offer("list", address.pointingTo(DataType.I32));
    return this;
  }
}
