package dev.lowpass.codegen.cpu.product;

import static dev.lowpass.codegen.plan.value.Layout.LANES;

import dev.lowpass.codegen.cpu.kernel.ProductPanel;
import dev.lowpass.codegen.cpu.kernel.ReduceKernel;
import dev.lowpass.codegen.cpu.work.Entry;
import dev.lowpass.codegen.cpu.work.SlabShares;
import dev.lowpass.codegen.cpu.work.Workshop;
import dev.lowpass.codegen.emit.Packing;
import dev.lowpass.codegen.plan.step.ProductStep;
import dev.lowpass.codegen.plan.value.Layout;
import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.codegen.tir.Function;
import dev.lowpass.codegen.tir.Var;
import java.util.ArrayList;
import java.util.List;

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
  private final Function reduce;

  /** @param vectors slabs of a panel */
  PartialSums(Workshop workshop, ProductStep step, SlabShares shares, int vectors) {
    this.step = step;
    this.input = step.input().slabbed();
    this.output = step.output().slabbed();
    this.shares = workshop.parameters().add(shares.bounds());
    this.noBias = workshop.parameters().add(new float[vectors * LANES]);
    this.bias = workshop.parameters().add(Packing.slabs(step.bias().floats(), step.outputs()));
    ReduceKernel kernel = new ReduceKernel(step.residual().isPresent(), step.activation());
    this.reduce = workshop.kernel("reduce", kernel, kernel::build);
    workshop.needPrivate(output.imageElements());
  }

  /** The slabs of one worker. */
  record Share(Var first, Var end) {}

  Share share(Code code, Entry entry, Expr worker) {
    return new Share(
        code.let("firstSlab", SlabShares.first(entry, shares, worker)),
        code.let("endSlab", SlabShares.first(entry, shares, worker.plus(1))));
  }

  /**
   * Calls the kernel of a product without residual and functions on a worker's part of a task.
   *
   * @param task the task's words, as {@link TiledProduct} has them
   * @param panel the task's
   * @param last the kernel's last argument
   */
  void multiply(
      Code code,
      Entry entry,
      Expr worker,
      Share share,
      TiledProduct.Words task,
      Function kernel,
      ProductPanel panel,
      Expr last) {
    Expr whole = share.end.minus(share.first).times(LANES);
    Expr channels = task.channels().minus(share.first.times(LANES)).min(whole).max(0);
    code.call(
        kernel,
        entry.address(step.input(), task.x().plus(share.first.times(input.rows() * LANES))),
        entry.parameter(task.weights().plus(share.first.times(panel.weights(LANES)))),
        entry.parameter(Expr.i32(noBias)),
        entry.privateAddress(worker, task.y()),
        task.rows(),
        channels,
        last);
  }

  /** Adds up the sums of all workers for one slab of the output. */
  void reduce(Code code, Entry entry, Expr slab) {
    Var at = code.let("at", slab.times(output.rows() * LANES));
    List<Expr> arguments = new ArrayList<>();
    arguments.add(entry.privateAddress(Expr.i32(0), at));
    arguments.add(entry.parameter(slab.times(LANES).plus(bias)));
    step.residual().ifPresent(residual -> arguments.add(entry.address(residual, at)));
    arguments.add(entry.address(step.output(), at));
    arguments.add(Expr.i32(output.rows()));
    arguments.add(Expr.i32(step.input().isCoefficients() ? input.rowsOfGroup() : output.rows()));
    arguments.add(entry.workers().min(SlabShares.MOST));
    arguments.add(entry.privatePitch());
    code.call(reduce, arguments.toArray(Expr[]::new));
  }
}
