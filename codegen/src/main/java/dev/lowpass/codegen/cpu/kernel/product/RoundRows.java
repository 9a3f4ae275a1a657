package dev.lowpass.codegen.cpu.kernel.product;

import dev.lowpass.codegen.cpu.kernel.Kernel;
import dev.lowpass.codegen.cpu.kernel.KernelCall;
import dev.lowpass.codegen.tir.Buffer;
import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.codegen.tir.Function;
import dev.lowpass.codegen.tir.Var;
import dev.lowpass.codegen.tir.llvm.Bfloats;
import java.util.List;

/**
 * Rounds rows of slabs to bfloat16: to [step][row][32 channels], with zeros behind the last channel.
 *
 * <p>C signature: (x, to, rows, channels, between), see {@link Bfloats#round}.
 */
public record RoundRows(Pitch input) implements Kernel<RoundRows.Call> {
  /** A call for some rows and the first channels of x. */
  public static final class Call extends KernelCall {
    private Call(Function kernel) {
      super(kernel);
    }

    public Call x(Expr address) {
      pass("x", address);
      return this;
    }

    public Call rows(Expr count) {
      pass("rows", count);
      return this;
    }

    public Call channels(Expr count) {
      pass("channels", count);
      return this;
    }

    /**
     * @param address aligned to 64 bytes
     * @param between elements of 32 bits from one step to the next
     */
    public Call to(Expr address, Expr between) {
      pass("to", address);
      pass("between", between);
      return this;
    }
  }

  @Override
  public Call call(Function built) {
    return new Call(built);
  }

  @Override
  public Function build(String name) {
    Buffer x = Buffer.f32("x", Buffer.UNCHECKED);
    Buffer to = Buffer.f32("to", Buffer.UNCHECKED);
    Var rows = Var.i32("rows");
    Var channels = Var.i32("channels");
    Var between = Var.i32("between");
    Expr slab = Expr.i32(input.slab());
    Expr row = Expr.i32(input.row());
    return Function.kernel(
        name,
        List.of(x, to, rows, channels, between),
        Bfloats.rounding(
            Code.of(
                code ->
                    code.add(Bfloats.round(x.address(0), slab, row, rows, channels, to.address(0), between)))));
  }
}
