package dev.lowpass.codegen.cpu.block;

import static dev.lowpass.codegen.plan.value.Layout.LANES;

import dev.lowpass.codegen.cpu.choice.Knob;
import dev.lowpass.codegen.cpu.kernel.Epilogue;
import dev.lowpass.codegen.cpu.step.ConvolutionPanels;
import dev.lowpass.codegen.cpu.work.Entry;
import dev.lowpass.codegen.cpu.work.Workshop;
import dev.lowpass.codegen.plan.step.BlockStep;
import dev.lowpass.codegen.plan.step.Stem;
import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;
import java.util.function.UnaryOperator;

/** The convolution at the head of a fused block. */
record StemProducer(BlockStep step, ConvolutionPanels panels) implements BlockProducer {
  static StemProducer of(Workshop workshop, BlockGeometry geometry, Stem stem) {
    BlockStep step = geometry.step();
    ConvolutionPanels.Convolved convolved =
        new ConvolutionPanels.Convolved(
            step.input(),
            step.input().shape().dim(1),
            step.input().shape().dim(1),
            stem.window(),
            stem.weight(),
            stem.bias(),
            geometry.height(),
            geometry.width(),
            step.channels());
    int ringRows = geometry.ring() * geometry.width();
    int vectors = workshop.chosen(Knob.VECTORS);
    ConvolutionPanels.Tile tile = new ConvolutionPanels.Tile(workshop.chosen(Knob.ROWS), 1);
    Epilogue epilogue = Epilogue.of(step.before());
    return new StemProducer(
        step, ConvolutionPanels.of(workshop, "stem", convolved, vectors, tile, ringRows, epilogue));
  }

  @Override
  public int vectors() {
    return panels.vectors();
  }

  @Override
  public void begin(Code code, Entry entry, Rows rows) {}

  @Override
  public void write(Code code, Entry entry, Panel panel, Rows rows, UnaryOperator<Expr> target) {
    int imageElements = Math.toIntExact(step.input().layout().elements() / step.output().slabbed().batch());
    boolean isWhole = panel.lanes() == vectors() * LANES;
    // The kernel counts rows of y from the top of the map.
    Expr top = rows.from().times(step.mapWidth() * LANES);
    (isWhole ? panels.whole(entry, panel.index()) : panels.last(entry, panel.index()))
        .x(entry.address(step.input(), rows.image().times(imageElements)))
        .y(target.apply(Expr.i32(0).minus(top)))
        .rows(rows.from(), rows.count())
        .in(code);
  }
}
