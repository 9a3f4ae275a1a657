package dev.lowpass.codegen.cpu.kernel.product;

import static dev.lowpass.codegen.plan.value.Layout.LANES;

import dev.lowpass.codegen.cpu.kernel.Epilogue;
import dev.lowpass.codegen.cpu.kernel.Kernel;
import dev.lowpass.codegen.cpu.kernel.KernelCall;
import dev.lowpass.codegen.emit.RegisterPool;
import dev.lowpass.codegen.tir.Buffer;
import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.codegen.tir.Function;
import dev.lowpass.codegen.tir.Parameter;
import dev.lowpass.codegen.tir.Register;
import dev.lowpass.codegen.tir.Var;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * y = act(b + p(0) + p(1) + … + residual) for one slab, from the partial sums of all workers.
 *
 * <p>C signature: (p, b, [residual], y, rows, biasRows, workers, pitch): the sums of a worker lie {@code pitch} elements
 * behind those of the one before; the bias goes to the first {@code biasRows} rows.
 */
public record ReduceKernel(Epilogue epilogue) implements Kernel<ReduceKernel.Call> {
  /** A call for one slab. */
  public static final class Call extends KernelCall {
    private Call(Function kernel) {
      super(kernel);
    }

    /** @param pitch elements from the sums of one worker to those of the next */
    public Call sums(Expr address, Expr workers, Expr pitch) {
      pass("p", address);
      pass("workers", workers);
      pass("pitch", pitch);
      return this;
    }

    public Call bias(Expr address, Expr rows) {
      pass("b", address);
      pass("biasRows", rows);
      return this;
    }

    public Call residual(Optional<Expr> address) {
      address.ifPresent(present -> pass("residual", present));
      return this;
    }

    public Call y(Expr address) {
      pass("y", address);
      return this;
    }

    public Call rows(Expr count) {
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
    Buffer p = Buffer.f32("p", Buffer.UNCHECKED);
    Buffer b = Buffer.f32("b", Buffer.UNCHECKED);
    Buffer added = Buffer.f32("residual", Buffer.UNCHECKED);
    Buffer y = Buffer.f32("y", Buffer.UNCHECKED);
    Var rows = Var.i32("rows");
    Var biasRows = Var.i32("biasRows");
    Var workers = Var.i32("workers");
    Var pitch = Var.i32("pitch");
    List<Parameter> parameters = new ArrayList<>(List.of(p, b));
    if (epilogue.residual()) {
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
                      body.store(y, at, epilogue.apply(sum.get(), () -> added.load(at, LANES)));
                    })));
  }
}
