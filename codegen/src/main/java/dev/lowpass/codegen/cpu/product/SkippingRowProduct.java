package dev.lowpass.codegen.cpu.product;

import static dev.lowpass.codegen.plan.value.Layout.LANES;

import dev.lowpass.codegen.cpu.choice.Breadth;
import dev.lowpass.codegen.cpu.choice.Knob;
import dev.lowpass.codegen.cpu.choice.Neighbours;
import dev.lowpass.codegen.cpu.kernel.BuiltKernel;
import dev.lowpass.codegen.cpu.kernel.Epilogue;
import dev.lowpass.codegen.cpu.kernel.product.Panels;
import dev.lowpass.codegen.cpu.kernel.product.SkippingRowKernel;
import dev.lowpass.codegen.cpu.work.Entry;
import dev.lowpass.codegen.cpu.work.PackedFactors;
import dev.lowpass.codegen.cpu.work.SlabShares;
import dev.lowpass.codegen.cpu.work.StepCode;
import dev.lowpass.codegen.cpu.work.Workshop;
import dev.lowpass.codegen.cpu.work.WorthSharing;
import dev.lowpass.codegen.plan.step.ProductStep;
import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.codegen.tir.Nonzeros;
import dev.lowpass.codegen.tir.Var;
import dev.lowpass.passes.machine.Machine;
import java.util.Optional;

/**
 * A product of one row that leaves out zeros, such as a classifier behind the mean of a clipped map. There is a task for
 * each worker: its part of the outputs of every channel, so that a worker reads its weights in pieces as long as can be,
 * and what it skips is long as well.
 */
record SkippingRowProduct(ProductStep step, Machine machine) implements ProductAlgorithm {
  @Override
  public boolean suits() {
    return PlainProduct.isOneRow(step) && SkippingProduct.seesZeros(step, machine);
  }

  @Override
  public Optional<Knob> knob() {
    return Optional.of(Knob.SKIP);
  }

  /** What it saves is weights that come from afar. */
  @Override
  public boolean pays() {
    return TiledProduct.factors(step).areFar();
  }

  @Override
  public void addTo(Neighbours near, Breadth breadth) {}

  @Override
  public StepCode prepare(Workshop workshop, Optional<SlabShares> shares) {
    return new Row(workshop, step)::write;
  }

  /** The row's weights and kernel. */
  private static final class Row {
    private final ProductStep step;
    private final int slabs;
    private final PackedFactors packed;
    private final BuiltKernel<SkippingRowKernel.Call> kernel;

    Row(Workshop workshop, ProductStep step) {
      this.step = step;
      this.slabs = step.output().slabbed().slabs();
      Panels panels = new Panels(step.outputs(), step.channels(), slabs, false);
      this.packed = PackedFactors.of(workshop, TiledProduct.factors(step), panels);
      SkippingRowKernel row =
          new SkippingRowKernel(
              new Nonzeros(workshop.machine()),
              step.channels(),
              slabs * LANES,
              Epilogue.of(step.residual(), step.activation()));
      this.kernel = workshop.kernel("product", row);
      workshop.needPrivate(row.scratch());
    }

    void write(Code code, Entry entry) {
      if (!WorthSharing.PRODUCT.is(step.multiplyAdds())) {
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
      kernel
          .call()
          .x(entry.address(step.input(), Expr.i32(0)))
          .weights(entry.parameter(at.plus(packed.weights())))
          .bias(entry.parameter(at.plus(packed.bias())))
          .residual(step.residual().map(residual -> entry.address(residual, at)))
          .y(entry.address(step.output(), at))
          .vectors(vectors)
          .list(entry.privateAddress(entry.worker(), 0))
          .in(code);
    }
  }
}
