package dev.lowpass.codegen.cpu.halved;

import static dev.lowpass.codegen.plan.value.Layout.LANES;

import dev.lowpass.codegen.element.Vectors;
import dev.lowpass.codegen.tir.Buffer;
import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.codegen.tir.Function;
import dev.lowpass.codegen.tir.Parameter;
import dev.lowpass.codegen.tir.Var;
import dev.lowpass.ir.op.Elementwise;
import java.util.ArrayList;
import java.util.List;

/**
 * The quarter of a {@link StrassenProduct}'s output that takes no product of its own, from what lies in the others: C22
 * = act(U3 + U4 - U2 + b + residual) in one slab. U2 lies where C22 goes.
 *
 * <p>C signature: (u3, u4, b, [residual], y, rows)
 */
record LastQuarter(boolean residual, List<Elementwise> activation) {
  public Function build(String name) {
    Buffer u3 = Buffer.f32("u3", Buffer.UNCHECKED);
    Buffer u4 = Buffer.f32("u4", Buffer.UNCHECKED);
    Buffer b = Buffer.f32("b", Buffer.UNCHECKED);
    Buffer added = Buffer.f32("residual", Buffer.UNCHECKED);
    Buffer y = Buffer.f32("y", Buffer.UNCHECKED);
    Var rows = Var.i32("rows");
    List<Parameter> parameters = new ArrayList<>(List.of(u3, u4, b));
    if (residual) {
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
                      Expr all = residual ? sum.plus(added.load(at, LANES)) : sum;
                      body.store(y, at, Vectors.apply(activation, all));
                    })));
  }
}
