package dev.lowpass.codegen.cpu.halved;

import static dev.lowpass.codegen.plan.value.Layout.LANES;

import dev.lowpass.codegen.cpu.kernel.Epilogue;
import dev.lowpass.codegen.cpu.kernel.Kernel;
import dev.lowpass.codegen.cpu.kernel.KernelCall;
import dev.lowpass.codegen.tir.Buffer;
import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.codegen.tir.Function;
import dev.lowpass.codegen.tir.Parameter;
import dev.lowpass.codegen.tir.Var;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The quarter of a {@link StrassenProduct}'s output that takes no product of its own, from what lies in the others: C22
 * = act(U3 + U4 - U2 + b + residual) in one slab. U2 lies where C22 goes.
 *
 * <p>C signature: (u3, u4, b, [residual], y, rows)
 */
record LastQuarter(Epilogue epilogue) implements Kernel<LastQuarter.Call> {
  /** A call for one slab. */
  static final class Call extends KernelCall {
    private Call(Function kernel) {
      super(kernel);
    }

    Call u3(Expr address) {
      pass("u3", address);
      return this;
    }

    Call u4(Expr address) {
      pass("u4", address);
      return this;
    }

    Call bias(Expr address) {
      pass("b", address);
      return this;
    }

    Call residual(Optional<Expr> address) {
      address.ifPresent(present -> pass("residual", present));
      return this;
    }

    /** The address of U2, where C22 goes. */
    Call y(Expr address) {
      pass("y", address);
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
    Buffer u3 = Buffer.f32("u3", Buffer.UNCHECKED);
    Buffer u4 = Buffer.f32("u4", Buffer.UNCHECKED);
    Buffer b = Buffer.f32("b", Buffer.UNCHECKED);
    Buffer added = Buffer.f32("residual", Buffer.UNCHECKED);
    Buffer y = Buffer.f32("y", Buffer.UNCHECKED);
    Var rows = Var.i32("rows");
    List<Parameter> parameters = new ArrayList<>(List.of(u3, u4, b));
    if (epilogue.residual()) {
      parameters.add(added);
    }
    parameters.addAll(List.of(y, rows));
    return Function.kernel(
        name,
        parameters,
        Code.of(
            code ->
                code.loop(
                    "row",
                    rows,
                    (body, row) -> {
                      Var at = body.let("at", row.times(LANES));
                      Expr last = u4.load(at, LANES).minus(y.load(at, LANES));
                      Expr sum = last.plus(u3.load(at, LANES)).plus(b.load(Expr.i32(0), LANES));
                      body.store(y, at, epilogue.apply(sum, () -> added.load(at, LANES)));
                    })));
  }
}
