package dev.lowpass.codegen.cpu.kernel;

import static dev.lowpass.codegen.plan.value.Layout.LANES;

import dev.lowpass.codegen.element.Vectors;
import dev.lowpass.codegen.emit.RegisterPool;
import dev.lowpass.codegen.tir.Buffer;
import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.codegen.tir.Function;
import dev.lowpass.codegen.tir.Parameter;
import dev.lowpass.codegen.tir.Register;
import dev.lowpass.codegen.tir.Var;
import dev.lowpass.ir.op.Elementwise;
import java.util.ArrayList;
import java.util.List;

/**
 * y = act(b + p(0) + p(1) + … + residual) for one slab, from the partial sums of all workers.
 *
 * <p>C signature: (p, b, [residual], y, rows, biasRows, workers, pitch): the sums of a worker lie {@code pitch} elements
 * behind those of the one before; the bias goes to the first {@code biasRows} rows.
 */
public record ReduceKernel(boolean residual, List<Elementwise> activation) {
  public Function build(String name) {
    Buffer p = Buffer.f32("p", Buffer.UNCHECKED);
    Buffer b = Buffer.f32("b", Buffer.UNCHECKED);
    Buffer added = Buffer.f32("residual", Buffer.UNCHECKED);
    Buffer y = Buffer.f32("y", Buffer.UNCHECKED);
    Var rows = Var.i32("rows");
    Var biasRows = Var.i32("biasRows");
    Var workers = Var.i32("workers");
    Var pitch = Var.i32("pitch");
    List<Parameter> parameters = new ArrayList<>(List.of(p, b));
    if (residual) {
      parameters.add(added);
    }
    parameters.addAll(List.of(y, rows, biasRows, workers, pitch));
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
                      Register sum = body.register("sum", RegisterPool.VECTOR);
                      Expr share = row.lessThan(biasRows).ifThenElse(Expr.f32(1), Expr.f32(0)).broadcast(LANES);
                      body.add(sum.set(share.times(b.load(Expr.i32(0), LANES))));
                      body.loop(
                          "worker",
                          workers,
                          (each, worker) -> each.add(sum.add(p.load(worker.times(pitch).plus(at), LANES))));
                      Expr total = residual ? sum.get().plus(added.load(at, LANES)) : sum.get();
                      body.store(y, at, Vectors.apply(activation, total));
                    })));
  }
}
