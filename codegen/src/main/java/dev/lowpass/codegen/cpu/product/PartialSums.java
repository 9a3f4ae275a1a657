package dev.lowpass.codegen.cpu.product;

import static dev.lowpass.codegen.plan.value.Layout.LANES;

import dev.lowpass.codegen.cpu.kernel.BuiltKernel;
import dev.lowpass.codegen.cpu.kernel.Epilogue;
import dev.lowpass.codegen.cpu.kernel.product.PanelCall;
import dev.lowpass.codegen.cpu.kernel.product.ProductPanel;
import dev.lowpass.codegen.cpu.kernel.product.ReduceKernel;
import dev.lowpass.codegen.cpu.work.Entry;
import dev.lowpass.codegen.cpu.work.SlabShares;
import dev.lowpass.codegen.cpu.work.Workshop;
import dev.lowpass.codegen.emit.Packing;
import dev.lowpass.codegen.plan.step.ProductStep;
import dev.lowpass.codegen.plan.value.Layout;
import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.codegen.tir.Var;

/**
 * A product whose channels are shared out among several workers: where a worker's sums lie, in its private memory laid
 * out as the product's output, and how they are put together.
 */
final class PartialSums {
  private final ProductStep step;
  private final Layout.Slabbed input;
  private final Layout.Slabbed output;
  private final int shares;
  private final int noBias;
  private final int bias;
  private final BuiltKernel<ReduceKernel.Call> reduce;

  /** @param vectors slabs of a panel */
  PartialSums(Workshop workshop, ProductStep step, SlabShares shares, int vectors) {
    this.step = step;
    this.input = step.input().slabbed();
    this.output = step.output().slabbed();
    this.shares = workshop.parameters().add(shares.bounds());
    this.noBias = workshop.parameters().add(new float[vectors * LANES]);
    this.bias = workshop.parameters().add(Packing.slabs(step.bias().floats(), step.outputs()));
    this.reduce = workshop.kernel("reduce", new ReduceKernel(Epilogue.of(step.residual(), step.activation())));
    workshop.needPrivate(output.imageElements());
  }

  /** The slabs of one worker. */
  record Share(Expr worker, Var first, Var end) {}

  Share share(Code code, Entry entry, Expr worker) {
    return new Share(
        worker,
        code.let("firstSlab", SlabShares.first(entry, shares, worker)),
        code.let("endSlab", SlabShares.first(entry, shares, worker.plus(1))));
  }

  /**
   * Calls the kernel of a product without residual and functions on a worker's part of a task.
   *
   * @param task the task's words
   * @param panel the task's
   * @param call of the kernel
   */
  void multiply(
      Code code, Entry entry, Share share, ProductTask.Words task, ProductPanel panel, PanelCall call) {
    Expr whole = share.end.minus(share.first).times(LANES);
    call.x(entry.address(step.input(), task.x().plus(share.first.times(input.rows() * LANES))))
        .weights(entry.parameter(task.weights().plus(share.first.times(panel.weights(LANES)))))
        .bias(entry.parameter(Expr.i32(noBias)))
        .y(entry.privateAddress(share.worker, task.y()))
        .rows(task.rows())
        .channels(task.channels().minus(share.first.times(LANES)).min(whole).max(0))
        .biasRows(Expr.i32(0))
        .in(code);
  }

  /** Adds up the sums of all workers for one slab of the output. */
  void reduce(Code code, Entry entry, Expr slab) {
    Var at = code.let("at", slab.times(output.rows() * LANES));
    int biasRows = step.input().isCoefficients() ? input.rowsOfGroup() : output.rows();
    reduce
        .call()
        .sums(entry.privateAddress(Expr.i32(0), at), entry.workers().min(SlabShares.MOST), entry.privatePitch())
        .bias(entry.parameter(slab.times(LANES).plus(bias)), Expr.i32(biasRows))
        .residual(step.residual().map(residual -> entry.address(residual, at)))
        .y(entry.address(step.output(), at))
        .rows(Expr.i32(output.rows()))
        .in(code);
  }
}
