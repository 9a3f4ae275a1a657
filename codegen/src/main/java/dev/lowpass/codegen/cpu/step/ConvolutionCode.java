package dev.lowpass.codegen.cpu.step;

import static dev.lowpass.codegen.plan.value.Layout.LANES;

import dev.lowpass.codegen.cpu.choice.Knob;
import dev.lowpass.codegen.cpu.kernel.Epilogue;
import dev.lowpass.codegen.cpu.kernel.map.ConvolutionKernel;
import dev.lowpass.codegen.cpu.work.Entry;
import dev.lowpass.codegen.cpu.work.StepCode;
import dev.lowpass.codegen.cpu.work.Workshop;
import dev.lowpass.codegen.cpu.work.WorthSharing;
import dev.lowpass.codegen.plan.step.ConvolutionStep;
import dev.lowpass.codegen.plan.value.Layout;
import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;

/** A direct convolution of full groups: a task is a panel of output channels and some output rows. */
public final class ConvolutionCode {
  private static final int ROWS_A_TASK = 4;

  /** Weights of a panel that the first-level cache does not keep until the next row asks for them. */
  private static final int FAR_WEIGHTS = 1 << 15;

  private static final int ROWS_OF_FAR_WEIGHTS = 2;

  private final ConvolutionStep step;
  private final MergedGroups merged;
  private final ConvolutionPanels panels;
  private final int rowsOfTask;

  private ConvolutionCode(ConvolutionStep step, MergedGroups merged, ConvolutionPanels panels, int rowsOfTile) {
    this.step = step;
    this.merged = merged;
    this.panels = panels;
    // Every task has a tile's rows at least.
    this.rowsOfTask = rowsOfTile == 1 ? ROWS_A_TASK : step.output().slabbed().height();
  }

  /** Whether it can be made so. */
  public static boolean suits(ConvolutionStep step) {
    return MergedGroups.suits(step);
  }

  public static StepCode prepare(Workshop workshop, ConvolutionStep step) {
    MergedGroups merged = MergedGroups.of(step);
    Layout.Slabbed output = step.output().slabbed();
    ConvolutionPanels.Convolved convolved =
        new ConvolutionPanels.Convolved(
            step.input(),
            merged.channels(),
            merged.lastChannels(),
            step.window(),
            merged.weight(),
            step.bias(),
            output.height(),
            output.width(),
            output.channels());
    Epilogue epilogue = Epilogue.of(step.residual(), step.activation());
    int vectors = vectors(workshop.chosen(Knob.VECTORS), merged.slabs(step), merged.groups());
    ConvolutionPanels.Tile tile = tile(step, merged, vectors, workshop.chosen(Knob.ROWS));
    ConvolutionPanels panels =
        ConvolutionPanels.of(workshop, "convolution", convolved, vectors, tile, output.rows(), epilogue);
    return new ConvolutionCode(step, merged, panels, tile.rows())::write;
  }

  /** Of {@code most} outputs at most: rows of a narrow map together, so that its weights are read less often. */
  private static ConvolutionPanels.Tile tile(ConvolutionStep step, MergedGroups merged, int vectors, int most) {
    Layout.Slabbed output = step.output().slabbed();
    int weights = merged.channels() * step.window().taps() * vectors * LANES;
    if (weights < FAR_WEIGHTS || output.width() > most || output.height() == 1) {
      return new ConvolutionPanels.Tile(most, 1);
    }
    int columns = Math.min(output.width(), Math.max(1, most / ROWS_OF_FAR_WEIGHTS));
    return new ConvolutionPanels.Tile(columns, Math.min(most / columns, output.height()));
  }

  /** As many as are chosen, unless a panel would have outputs of two groups. */
  private static int vectors(int chosen, int slabsOfGroup, int groups) {
    int vectors = groups == 1 ? chosen : Math.min(chosen, slabsOfGroup);
    while (groups > 1 && slabsOfGroup % vectors != 0) {
      vectors--;
    }
    return vectors;
  }

  private void write(Code code, Entry entry) {
    Layout.Slabbed output = step.output().slabbed();
    int count = Math.ceilDiv(output.slabs(), panels.vectors());
    int parts = Math.ceilDiv(output.height(), rowsOfTask);
    entry.deal(
        code,
        output.batch() * parts * count,
        WorthSharing.CONVOLUTION.deal(step.multiplyAdds()),
        (body, task, _) -> {
          Expr panel = body.let("panel", task.floorMod(count));
          Expr row = body.let("row", task.floorDiv(count).floorMod(parts).times(rowsOfTask));
          Expr image = body.let("image", task.floorDiv(count * parts));
          if (panels.areAlike()) {
            convolve(entry, panels.whole(entry, panel), panel, row, image).in(body);
          } else {
            body.when(
                panel.lessThan(count - 1),
                convolve(entry, panels.whole(entry, panel), panel, row, image)::in,
                convolve(entry, panels.last(entry, panel), panel, row, image)::in);
          }
        });
  }

  private ConvolutionKernel.Call convolve(
      Entry entry, ConvolutionKernel.Call call, Expr panel, Expr row, Expr image) {
    Layout.Slabbed output = step.output().slabbed();
    int imageElements = Math.toIntExact(step.input().layout().elements() / output.batch());
    Expr y =
        image
            .times(Math.toIntExact(output.imageElements()))
            .plus(panel.times(panels.vectors() * output.rows() * LANES));
    Expr x = image.times(imageElements);
    if (merged.groups() > 1) {
      Expr group = panel.floorDiv((long) merged.slabs(step) / panels.vectors());
      x = x.plus(group.times(merged.channels() * step.input().slabbed().rows()));
    }
    return call.x(entry.address(step.input(), x))
        .residual(step.residual().map(residual -> entry.address(residual, y)))
        .y(entry.address(step.output(), y))
        .rows(row, Expr.i32(output.height()).minus(row).min(rowsOfTask));
  }
}
