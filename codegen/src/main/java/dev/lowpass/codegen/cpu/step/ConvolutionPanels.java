package dev.lowpass.codegen.cpu.step;

import static dev.lowpass.codegen.plan.value.Layout.LANES;

import dev.lowpass.codegen.cpu.kernel.BuiltKernel;
import dev.lowpass.codegen.cpu.kernel.Epilogue;
import dev.lowpass.codegen.cpu.kernel.map.ConvolutionKernel;
import dev.lowpass.codegen.cpu.kernel.map.DepthwiseTile;
import dev.lowpass.codegen.cpu.kernel.product.Factors;
import dev.lowpass.codegen.cpu.kernel.product.Panels;
import dev.lowpass.codegen.cpu.work.Entry;
import dev.lowpass.codegen.cpu.work.PackedFactors;
import dev.lowpass.codegen.cpu.work.Workshop;
import dev.lowpass.codegen.plan.value.Layout;
import dev.lowpass.codegen.plan.value.Slot;
import dev.lowpass.codegen.plan.value.Weights;
import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.ir.Precision;
import dev.lowpass.ir.op.Window;

/**
 * A direct convolution without groups, panel by panel: its weights, the kernel of whole panels, and that of the last,
 * which may have fewer lanes.
 */
public record ConvolutionPanels(
    PackedFactors packed, BuiltKernel<ConvolutionKernel.Call> wide, BuiltKernel<ConvolutionKernel.Call> last) {
  /**
   * What is convolved.
   *
   * @param channels of the input that an output is a sum of
   * @param lastChannels the same of outputs of the last panel
   * @param height of the output
   * @param width of the output
   * @param outputs channels of the output
   */
  public record Convolved(
      Slot input, int channels, int lastChannels, Window window, Weights weight, Weights bias, int height, int width, int outputs) {
    private DepthwiseTile geometry() {
      return new DepthwiseTile(
          window, input.shape().dim(2), input.shape().dim(3), height, width, Epilogue.NONE.activation());
    }

    /** As a product: whatever an output is a sum of is a channel. */
    private Factors factors() {
      return new Factors(channels * geometry().taps(), outputs, weight, bias, Precision.FLOAT32);
    }
  }

  /**
   * @param kind the kernels' name
   * @param vectors of a panel at most
   * @param tile outputs of a tile
   * @param outputRows rows of a slab of what is written
   */
  public static ConvolutionPanels of(
      Workshop workshop, String kind, Convolved convolved, int vectors, Tile tile, int outputRows, Epilogue epilogue) {
    Factors factors = convolved.factors();
    Panels panels = new Panels(factors.outputs(), factors.channels(), vectors, false);
    PackedFactors packed = PackedFactors.of(workshop, factors, panels);
    int whole = panels.vectors() * LANES;
    int lanes = workshop.machine().computedLanes(convolved.outputs);
    ConvolutionKernel kernel =
        new ConvolutionKernel(
            convolved.geometry(),
            convolved.channels,
            convolved.input.layout() instanceof Layout.RowMajor
                ? ConvolutionKernel.Source.ROW_MAJOR
                : ConvolutionKernel.Source.SLABS,
            outputRows,
            tile.columns(),
            tile.rows(),
            Math.min(lanes, whole),
            epilogue);
    return new ConvolutionPanels(
        packed,
        workshop.kernel(kind, kernel),
        workshop.kernel(kind, kernel.ofLast((lanes - 1) % whole + 1, convolved.lastChannels)));
  }

  /** How many outputs side by side, in so many rows, are computed at a time. */
  public record Tile(int columns, int rows) {}

  /** Slabs of a whole panel. */
  public int vectors() {
    return packed.panels().vectors();
  }

  /** A call for panel {@code number}. */
  public ConvolutionKernel.Call whole(Entry entry, Expr number) {
    return packed.passTo(wide.call(), entry, number);
  }

  /** A call for the last panel, which is {@code number}. */
  public ConvolutionKernel.Call last(Entry entry, Expr number) {
    return packed.passTo(last.call(), entry, number);
  }

  /** Whether the last panel is as the others. */
  boolean areAlike() {
    return wide.equals(last);
  }
}
