package dev.lowpass.codegen.cpu.block;

import static dev.lowpass.codegen.plan.value.Layout.LANES;

import dev.lowpass.codegen.cpu.choice.Knob;
import dev.lowpass.codegen.cpu.kernel.ConvolutionKernel;
import dev.lowpass.codegen.cpu.kernel.DepthwiseTile;
import dev.lowpass.codegen.cpu.work.Entry;
import dev.lowpass.codegen.cpu.work.Workshop;
import dev.lowpass.codegen.emit.Packing;
import dev.lowpass.codegen.plan.step.BlockStep;
import dev.lowpass.codegen.plan.step.Stem;
import dev.lowpass.codegen.plan.value.Layout;
import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.codegen.tir.Function;
import java.util.List;

/** The convolution at the head of a fused block. */
final class StemProducer implements BlockProducer {
  private final BlockStep step;
  private final int ringRows;
  private final int vectors;
  private final int weightElements;
  private final int windowWidth;
  private final int weights;
  private final int bias;
  private final Function wide;
  private final Function narrow;

  /** @param ringRows positions of one slab of the ring */
  StemProducer(Workshop workshop, BlockStep step, Stem stem, int ringRows) {
    this.step = step;
    this.ringRows = ringRows;
    this.vectors = workshop.chosen(Knob.VECTORS);
    int channels = step.input().shape().dim(1);
    int taps = stem.window().kernel().get(0) * stem.window().kernel().get(1);
    this.weightElements = channels * taps;
    this.windowWidth = stem.window().kernel().get(1);
    this.weights =
        workshop.parameters().add(Packing.panels(stem.weight().floats(), step.channels(), weightElements, vectors));
    this.bias = workshop.parameters().add(Packing.slabs(stem.bias().floats(), step.channels()));
    int lanes = workshop.machine().computedLanes(step.channels());
    this.wide = kernel(workshop, stem, Math.min(lanes, vectors * LANES));
    this.narrow = kernel(workshop, stem, (lanes - 1) % (vectors * LANES) + 1);
  }

  private Function kernel(Workshop workshop, Stem stem, int lanes) {
    DepthwiseTile geometry =
        new DepthwiseTile(
            stem.window(),
            step.input().shape().dim(2),
            step.input().shape().dim(3),
            step.mapHeight(),
            step.mapWidth(),
            List.of());
    ConvolutionKernel kernel =
        new ConvolutionKernel(
            geometry,
            step.input().shape().dim(1),
            step.input().layout() instanceof Layout.RowMajor,
            ringRows,
            workshop.chosen(Knob.ROWS),
            lanes,
            false,
            step.before());
    return workshop.kernel("stem", kernel, kernel::build);
  }

  @Override
  public int vectors() {
    return vectors;
  }

  @Override
  public void write(Code code, Entry entry, Panel panel, Rows rows, java.util.function.Function<Expr, Expr> target) {
    int imageElements = Math.toIntExact(step.input().layout().elements() / step.output().slabbed().batch());
    // The kernel counts rows of y from the top of the map.
    Expr top = rows.from().times(step.mapWidth() * LANES);
    code.call(
        panel.lanes() == vectors * LANES ? wide : narrow,
        entry.address(step.input(), rows.image().times(imageElements)),
        entry.parameter(panel.index().times(vectors * LANES * weightElements).plus(weights)),
        entry.parameter(panel.index().times(vectors * LANES).plus(bias)),
        target.apply(Expr.i32(0).minus(top)),
        rows.from(),
        rows.count(),
        Expr.i32(windowWidth));
  }
}
