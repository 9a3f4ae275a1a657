package dev.lowpass.codegen.cpu.rounded;

import static dev.lowpass.codegen.plan.value.Layout.LANES;

import dev.lowpass.codegen.cpu.choice.Knob;
import dev.lowpass.codegen.cpu.kernel.BuiltKernel;
import dev.lowpass.codegen.cpu.kernel.Epilogue;
import dev.lowpass.codegen.cpu.kernel.map.DepthwiseTile;
import dev.lowpass.codegen.cpu.kernel.map.PaddedRows;
import dev.lowpass.codegen.cpu.kernel.map.RoundedConvolution;
import dev.lowpass.codegen.cpu.kernel.product.Factors;
import dev.lowpass.codegen.cpu.kernel.product.Panels;
import dev.lowpass.codegen.cpu.work.Entry;
import dev.lowpass.codegen.cpu.work.PackedFactors;
import dev.lowpass.codegen.cpu.work.StepCode;
import dev.lowpass.codegen.cpu.work.Workshop;
import dev.lowpass.codegen.cpu.work.WorthSharing;
import dev.lowpass.codegen.plan.step.ConvolutionStep;
import dev.lowpass.codegen.plan.value.Layout;
import dev.lowpass.codegen.plan.value.Weights;
import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.codegen.tir.Var;
import dev.lowpass.codegen.tir.llvm.Bfloats;
import dev.lowpass.ir.Precision;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.op.Window;
import dev.lowpass.passes.machine.RoundingUnit;

/**
 * A convolution in bfloat16: a task rounds what some output rows read into private memory, and then makes these rows for
 * some panels of output channels, one after the other. Where all rows fit there, every worker rounds them once, before
 * its tasks.
 */
public final class RoundedConvolutionCode {
  /** Elements of rounded rows that a task may keep, so that they stay near while panels go by. */
  private static final int MOST_ROUNDED = 24 << 10;

  /** Tasks that a step is cut into, at least. */
  private static final int TASKS_WANTED = 8;

  private final ConvolutionStep step;
  private final DepthwiseTile geometry;
  private final PackedFactors packed;
  private final BuiltKernel<PaddedRows.Call> rounding;
  private final BuiltKernel<RoundedConvolution.Call> wide;
  private final BuiltKernel<RoundedConvolution.Call> narrow;
  private final int rows;
  private final int rounded;

  private RoundedConvolutionCode(Workshop workshop, ConvolutionStep step) {
    this.step = step;
    Layout.Slabbed output = step.output().slabbed();
    Window window = step.window();
    int channels = step.input().slabbed().channels();
    int steps = Math.ceilDiv(channels, Bfloats.CHANNELS);
    this.geometry =
        new DepthwiseTile(
            window,
            step.input().shape().dim(2),
            step.input().shape().dim(3),
            output.height(),
            output.width(),
            Epilogue.NONE.activation());
    int padded = Math.max(window.before(1) + geometry.width(), (output.width() - 1) * window.stride(1) + window.reach(1));
    this.rows = rows(window, output.height(), padded * steps);
    int vectors = workshop.chosen(Knob.VECTORS);
    RoundingUnit unit = workshop.machine().unit();
    int tileRows = RoundedConvolution.tileRows(unit, workshop.chosen(Knob.ROWS), vectors);
    // Tiles read beyond the last position.
    int positions = mapRows(rows) * padded + (tileRows + 1) * window.stride(1) + window.reach(1);
    this.rounded = steps * positions * LANES;
    this.packed = pack(workshop, step, steps, vectors);
    RoundedConvolution kernel =
        new RoundedConvolution(
            unit,
            geometry,
            steps,
            padded,
            positions * LANES,
            output.rows(),
            tileRows,
            vectors,
            Epilogue.of(step.residual(), step.activation()));
    this.rounding =
        workshop.kernel(
            "round",
            new PaddedRows(
                channels, geometry.height(), geometry.width(), window.before(1), padded, positions * LANES));
    this.wide = workshop.kernel("convolution", kernel);
    int last = packed.panels().at(packed.panels().lastSlab()).vectors();
    this.narrow = last == vectors ? wide : workshop.kernel("convolution", kernel.of(last));
    workshop.needPrivate(rounded + (long) kernel.sums());
  }

  public static StepCode prepare(Workshop workshop, ConvolutionStep step) {
    return new RoundedConvolutionCode(workshop, step)::write;
  }

  /** Taps as more channels, each filled up to whole steps. */
  private static PackedFactors pack(Workshop workshop, ConvolutionStep step, int steps, int vectors) {
    int outputs = step.output().slabbed().channels();
    int taps = step.window().taps();
    int channels = step.weight().count() / outputs / taps;
    int filled = steps * Bfloats.CHANNELS;
    float[] weight = step.weight().floats();
    float[] tapByTap = new float[outputs * taps * filled];
    for (int output = 0; output < outputs; output++) {
      for (int channel = 0; channel < channels; channel++) {
        for (int tap = 0; tap < taps; tap++) {
          tapByTap[(output * taps + tap) * filled + channel] = weight[(output * channels + channel) * taps + tap];
        }
      }
    }
    Weights all = Weights.of(Tensor.of(tapByTap, outputs, taps * filled));
    Factors factors = new Factors(taps * filled, outputs, all, step.bias(), Precision.BFLOAT16);
    return PackedFactors.of(
        workshop, factors, new Panels(outputs, taps * filled, vectors, false, Precision.BFLOAT16));
  }

  /** Output rows of a task. */
  private static int rows(Window window, int height, int elementsOfRow) {
    int most = MOST_ROUNDED / (elementsOfRow * LANES);
    return Math.clamp((most - window.reach(0)) / window.stride(0) + 1, 1, height);
  }

  /** Rows of the map that so many output rows read. */
  private int mapRows(int outputRows) {
    return (outputRows - 1) * step.window().stride(0) + step.window().reach(0);
  }

  private void write(Code code, Entry entry) {
    Layout.Slabbed output = step.output().slabbed();
    int panels = Math.ceilDiv(output.slabs(), packed.panels().vectors());
    int parts = Math.ceilDiv(output.height(), rows);
    int shares = Math.clamp(Math.ceilDiv(TASKS_WANTED, output.batch() * parts), 1, panels);
    boolean atOnce = output.batch() * parts == 1;
    entry.deal(
        code,
        output.batch() * parts * shares,
        WorthSharing.CONVOLUTION.deal(step.multiplyAdds()),
        body -> {
          if (atOnce) {
            round(body, entry, Expr.i32(0), Expr.i32(0), Expr.i32(rows));
          }
        },
        (body, task, _) -> {
          Var share = body.let("share", task.floorMod(shares));
          Var row = body.let("row", task.floorDiv(shares).floorMod(parts).times(rows));
          Var image = body.let("image", task.floorDiv(shares * parts));
          Var count = body.let("rows", Expr.i32(output.height()).minus(row).min(rows));
          if (!atOnce) {
            round(body, entry, image, row, count);
          }
          Var first = body.let("first", share.times(panels).floorDiv(shares));
          Var end = body.let("end", share.plus(1).times(panels).floorDiv(shares));
          body.loop(
              "index",
              end.minus(first),
              (each, index) -> {
                Var panel = each.let("panel", first.plus(index));
                if (narrow.equals(wide)) {
                  convolve(each, entry, wide, panel, image, row, count);
                } else {
                  each.when(
                      panel.lessThan(panels - 1),
                      whole -> convolve(whole, entry, wide, panel, image, row, count),
                      last -> convolve(last, entry, narrow, panel, image, row, count));
                }
              });
        });
  }

  /** Rounds what {@code count} rows of the output read. */
  private void round(Code code, Entry entry, Expr image, Expr row, Expr count) {
    int stride = step.window().stride(0);
    Expr start = image.times(Math.toIntExact(step.input().slabbed().imageElements()));
    rounding
        .call()
        .x(entry.address(step.input(), start))
        .to(entry.privateAddress(entry.worker(), 0))
        .rows(
            row.times(stride).minus(step.window().before(0)),
            count.minus(1).times(stride).plus(step.window().reach(0)))
        .in(code);
  }

  private void convolve(
      Code code,
      Entry entry,
      BuiltKernel<RoundedConvolution.Call> kernel,
      Expr panel,
      Expr image,
      Expr row,
      Expr count) {
    Layout.Slabbed output = step.output().slabbed();
    Expr y =
        image
            .times(Math.toIntExact(output.imageElements()))
            .plus(panel.times(packed.panels().vectors() * output.rows() * LANES));
    packed
        .passTo(kernel.call(), entry, panel)
        .x(entry.privateAddress(entry.worker(), 0))
        .residual(step.residual().map(residual -> entry.address(residual, y)))
        .y(entry.address(step.output(), y))
        .rows(row, count)
        .sums(entry.privateAddress(entry.worker(), rounded))
        .in(code);
  }
}
