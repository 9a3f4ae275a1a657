package dev.lowpass.codegen.cpu.step;

import static dev.lowpass.codegen.plan.value.Layout.LANES;

import dev.lowpass.codegen.cpu.choice.Knob;
import dev.lowpass.codegen.cpu.kernel.ConvolutionKernel;
import dev.lowpass.codegen.cpu.kernel.DepthwiseTile;
import dev.lowpass.codegen.cpu.work.Entry;
import dev.lowpass.codegen.cpu.work.StepCode;
import dev.lowpass.codegen.cpu.work.Workshop;
import dev.lowpass.codegen.emit.Packing;
import dev.lowpass.codegen.plan.step.ConvolutionStep;
import dev.lowpass.codegen.plan.value.Layout;
import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.codegen.tir.Function;
import java.util.ArrayList;
import java.util.List;

/** A direct convolution without groups: a task is a panel of output channels and some output rows. */
public final class ConvolutionCode {
  private static final int ROWS_A_TASK = 4;

  /** Multiply-adds below which one worker is faster than two. */
  private static final long SMALL = 100_000;

  private ConvolutionCode() {}

  public static StepCode prepare(Workshop workshop, ConvolutionStep step) {
    Layout.Slabbed output = step.output().slabbed();
    int channels = step.input().shape().dim(1);
    int taps = step.window().kernel().get(0) * step.window().kernel().get(1);
    int vectors = workshop.chosen(Knob.VECTORS);
    int panels = Math.ceilDiv(output.slabs(), vectors);
    int weights =
        workshop.parameters().add(Packing.panels(step.weight().floats(), output.channels(), channels * taps, vectors));
    int bias = workshop.parameters().add(Packing.slabs(step.bias().floats(), output.channels()));
    int lanes = workshop.machine().computedLanes(output.channels());
    Function wide = kernel(workshop, step, channels, Math.min(lanes, vectors * LANES));
    Function last = kernel(workshop, step, channels, (lanes - 1) % (vectors * LANES) + 1);
    int parts = Math.ceilDiv(output.height(), ROWS_A_TASK);
    int imageElements = Math.toIntExact(step.input().layout().elements() / output.batch());
    return (code, entry) ->
        entry.deal(
            code,
            output.batch() * parts * panels,
            step.multiplyAdds() < SMALL ? Entry.Deal.ALONE : Entry.Deal.NEIGHBOURS,
            (body, task, _) -> {
              Expr panel = body.let("panel", task.floorMod(panels));
              Expr row = body.let("row", task.floorDiv(panels).floorMod(parts).times(ROWS_A_TASK));
              Expr image = body.let("image", task.floorDiv(panels * parts));
              Expr rows = Expr.i32(output.height()).minus(row).min(ROWS_A_TASK);
              Expr y =
                  image
                      .times(Math.toIntExact(output.imageElements()))
                      .plus(panel.times(vectors * output.rows() * LANES));
              List<Expr> arguments = new ArrayList<>();
              arguments.add(entry.address(step.input(), image.times(imageElements)));
              arguments.add(entry.parameter(panel.times(vectors * LANES * channels * taps).plus(weights)));
              arguments.add(entry.parameter(panel.times(vectors * LANES).plus(bias)));
              step.residual().ifPresent(residual -> arguments.add(entry.address(residual, y)));
              arguments.add(entry.address(step.output(), y));
              arguments.addAll(List.of(row, rows, Expr.i32(step.window().kernel().get(1))));
              call(body, wide, last, panel.lessThan(panels - 1), arguments);
            });
  }

  private static void call(Code code, Function wide, Function last, Expr isWhole, List<Expr> arguments) {
    Expr[] all = arguments.toArray(Expr[]::new);
    if (wide == last) {
      code.call(wide, all);
    } else {
      code.when(isWhole, then -> then.call(wide, all), otherwise -> otherwise.call(last, all));
    }
  }

  private static Function kernel(Workshop workshop, ConvolutionStep step, int channels, int lanes) {
    Layout.Slabbed output = step.output().slabbed();
    DepthwiseTile geometry =
        new DepthwiseTile(
            step.window(),
            step.input().shape().dim(2),
            step.input().shape().dim(3),
            output.height(),
            output.width(),
            List.of());
    ConvolutionKernel kernel =
        new ConvolutionKernel(
            geometry,
            channels,
            step.input().layout() instanceof Layout.RowMajor,
            output.rows(),
            workshop.chosen(Knob.ROWS),
            lanes,
            step.residual().isPresent(),
            step.activation());
    return workshop.kernel("convolution", kernel, kernel::build);
  }
}
