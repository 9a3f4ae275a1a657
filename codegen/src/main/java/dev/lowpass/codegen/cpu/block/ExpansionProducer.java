package dev.lowpass.codegen.cpu.block;

import static dev.lowpass.codegen.plan.value.Layout.LANES;

import dev.lowpass.codegen.cpu.choice.Knob;
import dev.lowpass.codegen.cpu.kernel.ProductKernel;
import dev.lowpass.codegen.cpu.kernel.ProductPanel;
import dev.lowpass.codegen.cpu.work.Entry;
import dev.lowpass.codegen.cpu.work.Workshop;
import dev.lowpass.codegen.emit.Packing;
import dev.lowpass.codegen.plan.step.BlockStep;
import dev.lowpass.codegen.plan.step.Expansion;
import dev.lowpass.codegen.plan.value.Layout;
import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.codegen.tir.Function;
import dev.lowpass.codegen.tir.Var;
import java.util.SortedSet;
import java.util.TreeSet;

/** The expansion of a fused block: all panels of the rows asked for. */
final class ExpansionProducer implements BlockProducer {
  private final BlockStep step;
  private final Layout.Slabbed input;
  private final int ringRows;
  private final int vectors;
  private final int weights;
  private final int bias;
  private final Function wide;
  private final Function narrow;

  /**
   * @param ringRows positions of one slab of the ring
   * @param counts how many rows of the map may be asked for at once
   */
  ExpansionProducer(
      Workshop workshop, BlockStep step, Expansion expansion, int ringRows, SortedSet<Integer> counts) {
    this.step = step;
    this.input = step.input().slabbed();
    this.ringRows = ringRows;
    int slabs = Math.ceilDiv(step.channels(), LANES);
    this.vectors = workshop.chosen(Knob.VECTORS);
    this.weights =
        workshop.parameters().add(Packing.panels(expansion.weight().floats(), step.channels(), input.channels(), vectors));
    this.bias = workshop.parameters().add(Packing.slabs(expansion.bias().floats(), step.channels()));
    this.wide = kernel(workshop, counts, vectors);
    this.narrow = slabs % vectors == 0 ? wide : kernel(workshop, counts, slabs % vectors);
  }

  private Function kernel(Workshop workshop, SortedSet<Integer> counts, int width) {
    // A panel of fewer vectors leaves registers for more rows: fewer loads of weights, and fewer tiles to finish.
    int rows = workshop.chosen(Knob.ROWS) * (vectors / width);
    TreeSet<Integer> remainders = new TreeSet<>();
    counts.forEach(count -> remainders.add(count * input.width() % rows));
    remainders.remove(0);
    boolean partSlabs = input.channels() % LANES != 0;
    ProductKernel kernel =
        new ProductKernel(
            ProductKernel.Pitch.ofSlabs(input.rows()),
            ProductKernel.Pitch.ofSlabs(ringRows),
            false,
            rows,
            new ProductPanel.Plain(width),
            remainders,
            ProductKernel.Fetches.NONE,
            partSlabs,
            false,
            ProductKernel.Ending.OVER,
            step.before());
    return workshop.kernel("expand", kernel, kernel::build);
  }

  @Override
  public int vectors() {
    return vectors;
  }

  @Override
  public void write(Code code, Entry entry, Panel panel, Rows rows, java.util.function.Function<Expr, Expr> target) {
    Var positions = code.let("positions", rows.count().times(input.width()));
    Expr x =
        rows.image().times(Math.toIntExact(input.imageElements())).plus(rows.from().times(input.width() * LANES));
    code.call(
        panel.slabs() == vectors ? wide : narrow,
        entry.address(step.input(), x),
        entry.parameter(panel.index().times(vectors * LANES * input.channels()).plus(weights)),
        entry.parameter(panel.index().times(vectors * LANES).plus(bias)),
        target.apply(Expr.i32(0)),
        positions,
        Expr.i32(input.channels()),
        positions);
  }
}
