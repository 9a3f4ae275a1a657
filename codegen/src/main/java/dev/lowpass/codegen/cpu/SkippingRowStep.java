package dev.lowpass.codegen.cpu;

import static dev.lowpass.codegen.plan.Layout.LANES;

import dev.lowpass.codegen.emit.Packing;
import dev.lowpass.codegen.plan.Step;
import dev.lowpass.codegen.tvm.Code;
import dev.lowpass.codegen.tvm.Expr;
import dev.lowpass.codegen.tvm.Function;
import dev.lowpass.codegen.tvm.Nonzeros;
import dev.lowpass.codegen.tvm.Var;
import java.util.ArrayList;
import java.util.List;

/**
 * A product of one row that leaves out zeros, such as a classifier behind the mean of a clipped map. There is a task for
 * each worker: its part of the outputs of every channel, so that a worker reads its weights in pieces as long as can be,
 * and what it skips is long as well.
 */
final class SkippingRowStep {
  private final Step.Product step;
  private final int slabs;
  private final int weights;
  private final int bias;
  private final Function kernel;

  private SkippingRowStep(Workshop workshop, Step.Product step) {
    this.step = step;
    this.slabs = step.output().slabbed().slabs();
    this.weights =
        workshop.parameters().add(new Panels(step.outputs(), step.channels(), slabs, false).pack(step.weight()));
    this.bias = workshop.parameters().add(Packing.slabs(step.bias(), step.outputs()));
    SkippingRowKernel row =
        new SkippingRowKernel(
            new Nonzeros(workshop.machine()),
            step.channels(),
            slabs * LANES,
            step.residual().isPresent(),
            step.activation());
    this.kernel = workshop.kernel("product", row, row::build);
    workshop.needPrivate(SkippingKernel.listed(step.channels()));
  }

  static StepCode prepare(Workshop workshop, Step.Product step) {
    return new SkippingRowStep(workshop, step)::write;
  }

  private void write(Code code, Entry entry) {
    if (step.multiplyAdds() < ProductStep.SMALL) {
      entry.alone(code, body -> multiply(body, entry, Expr.i32(0), Expr.i32(slabs)));
      return;
    }
    entry.phase(
        code,
        body ->
            entry.work(
                body,
                (_, worker) -> new Entry.Queue(Expr.i32(1), _ -> worker),
                (each, part, _) -> {
                  Var first = each.let("firstSlab", part.times(slabs).floorDiv(entry.workers()));
                  Var end = each.let("endSlab", part.plus(1).times(slabs).floorDiv(entry.workers()));
                  multiply(each, entry, first, end.minus(first));
                }));
  }

  private void multiply(Code code, Entry entry, Expr slab, Expr vectors) {
    Expr at = code.let("at", slab.times(LANES));
    List<Expr> arguments = new ArrayList<>();
    arguments.add(entry.address(step.input(), Expr.i32(0)));
    arguments.add(entry.parameter(at.plus(weights)));
    arguments.add(entry.parameter(at.plus(bias)));
    step.residual().ifPresent(residual -> arguments.add(entry.address(residual, at)));
    arguments.add(entry.address(step.output(), at));
    arguments.add(vectors);
    arguments.add(entry.privateAddress(entry.worker(), 0));
    code.call(kernel, arguments.toArray(Expr[]::new));
  }
}
