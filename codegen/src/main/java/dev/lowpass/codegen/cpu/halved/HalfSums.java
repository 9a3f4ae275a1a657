package dev.lowpass.codegen.cpu.halved;

import static dev.lowpass.codegen.plan.value.Layout.LANES;

import dev.lowpass.codegen.cpu.kernel.Kernel;
import dev.lowpass.codegen.cpu.kernel.KernelCall;
import dev.lowpass.codegen.tir.Buffer;
import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.codegen.tir.Function;
import dev.lowpass.codegen.tir.Var;
import java.util.List;

/**
 * The sums of quarters of its input that a {@link StrassenProduct} reads, in one slab: S1 = A21 + A22, S2 = S1 - A11,
 * S3 = A11 - A21 and S4 = A12 - S2.
 *
 * <p>C signature: (upper, lower, s, rows): {@code rows} of A11, A21 and S1.
 *
 * @param right elements from a slab of the left half to that of the right
 * @param pitch elements from one sum to the next
 */
record HalfSums(int right, int pitch) implements Kernel<HalfSums.Call> {
  /** A call for a slab of each half. */
  static final class Call extends KernelCall {
    private Call(Function kernel) {
      super(kernel);
    }

    /** Addresses of A11 and of A21. */
    Call halves(Expr upper, Expr lower) {
      pass("upper", upper);
      pass("lower", lower);
      return this;
    }

    /** The address of S1. */
    Call sums(Expr address) {
      pass("s", address);
      return this;
    }

    Call rows(Expr count) {
      pass("rows", count);
      return this;
    }
  }

  @Override
  public Call call(Function built) {
    return new Call(built);
  }

  @Override
  public Function build(String name) {
    Buffer upper = Buffer.f32("upper", Buffer.UNCHECKED);
    Buffer lower = Buffer.f32("lower", Buffer.UNCHECKED);
    Buffer s = Buffer.f32("s", Buffer.UNCHECKED);
    Var rows = Var.i32("rows");
    return Function.kernel(
        name,
        List.of(upper, lower, s, rows),
        Code.of(
            code ->
                code.loop(
                    "row",
                    rows,
                    (body, row) -> {
                      Var at = body.let("at", row.times(LANES));
                      Var a11 = body.let("a11", upper.load(at, LANES));
                      Var a12 = body.let("a12", upper.load(at.plus(right), LANES));
                      Var a21 = body.let("a21", lower.load(at, LANES));
                      Var s1 = body.let("s1", a21.plus(lower.load(at.plus(right), LANES)));
                      Var s2 = body.let("s2", s1.minus(a11));
                      List<Expr> sums = List.of(s1, s2, a11.minus(a21), a12.minus(s2));
                      for (int i = 0; i < sums.size(); i++) {
                        body.store(s, at.plus(i * pitch), sums.get(i));
                      }
                    })));
  }
}
