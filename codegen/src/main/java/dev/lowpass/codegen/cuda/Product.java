package dev.lowpass.codegen.cuda;

import static dev.lowpass.codegen.plan.value.Layout.LANES;

import dev.lowpass.codegen.emit.Packing;
import dev.lowpass.codegen.emit.Parameters;
import dev.lowpass.codegen.plan.step.BlockStep;
import dev.lowpass.codegen.plan.step.ConvolutionStep;
import dev.lowpass.codegen.plan.step.ProductStep;
import dev.lowpass.codegen.plan.value.Band;
import dev.lowpass.codegen.plan.value.Layout;
import dev.lowpass.codegen.plan.value.Slot;
import dev.lowpass.codegen.plan.value.Weights;
import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.ir.Precision;
import dev.lowpass.ir.op.Elementwise;
import java.util.List;
import java.util.Optional;

/**
 * act(weights · operand + bias + residual), the bias at DC alone where rows are coefficients: what pointwise layers,
 * convolutions, and depthwise convolutions with the pointwise layer behind them have in common on a device.
 *
 * @param rows the map that says which rows there are: the output's, or the input's where it is cut in bands or pooled
 * @param pooled whether the output is the mean of all that over the rows of an image
 */
record Product(
    Operand operand,
    Weights weight,
    Weights bias,
    Layout.Slabbed rows,
    List<Band> bands,
    Slot output,
    Optional<Slot> residual,
    List<Elementwise> activation,
    boolean pooled,
    Precision precision) {
  static Product of(ProductStep step) {
    return new Product(
        new SampleOperand(step.input()),
        step.weight(),
        step.bias(),
        step.input().slabbed(),
        step.bands(),
        step.output(),
        step.residual(),
        step.activation(),
        step.pooled(),
        step.precision());
  }

  /** Of one group of channels. */
  static Product of(ConvolutionStep step) {
    Layout.Slabbed output = step.output().slabbed();
    Operand operand =
        step.input().layout() instanceof Layout.Slabbed
            ? new ConvolutionOperand(step.input(), step.window(), output.width())
            : new GatheredOperand(step.input(), step.window(), output.width());
    return dense(
        operand, step.weight(), step.bias(), step.output(), step.residual(), step.activation(), step.precision());
  }

  /** A depthwise convolution with its projection. */
  static Product of(Parameters parameters, BlockStep step) {
    int taps = step.window().taps();
    int packed = parameters.add(Packing.taps(step.weight().floats(), step.bias().floats(), step.channels(), taps));
    return dense(
        new DepthwiseOperand(step, packed),
        step.projection().weight(),
        step.projection().bias(),
        step.output(),
        step.projection().residual(),
        step.projection().activation(),
        step.projection().precision());
  }

  private static Product dense(
      Operand operand,
      Weights weight,
      Weights bias,
      Slot output,
      Optional<Slot> residual,
      List<Elementwise> activation,
      Precision precision) {
    List<Band> whole = Band.dense(1, operand.numbers());
    return new Product(operand, weight, bias, output.slabbed(), whole, output, residual, activation, false, precision);
  }

  /** Whether rows are coefficients, of which only means take a bias. */
  boolean hasMeans() {
    return rows instanceof Layout.Coefficients;
  }

  /** 1 at a position that takes a bias where {@link #hasMeans}, else 0. */
  Expr biasAt(Expr position) {
    return position.lessThan(rows.rowsOfGroup()).select(Expr.f32(1), Expr.f32(0));
  }

  Layout.Slabbed map() {
    return output.slabbed();
  }

  /** Channels of the output with those that fill its last slab. */
  int lanes() {
    return map().slabs() * LANES;
  }

  boolean isDense() {
    return bands.size() == 1;
  }

  /** How often {@code tile} takes numbers of a row. */
  int turns(Tile tile) {
    return Math.ceilDiv(operand.slabs(), tile.slabs());
  }

  /**
   * Weights in panels, [panel][number of a row][output], with zeros up to a whole panel and to a whole turn of {@code
   * tile}.
   */
  float[] panels(ProductTile tile) {
    int width = tile.channels();
    float[] padded = padded(tile);
    int depth = turns(tile) * tile.depth();
    float[] packed = new float[padded.length];
    for (int m = 0; m < padded.length / depth; m++) {
      for (int k = 0; k < depth; k++) {
        packed[(m / width * depth + k) * width + m % width] = padded[m * depth + k];
      }
    }
    return packed;
  }

  /**
   * Weights as {@link #panels}, rounded, and where two of a row's neighbouring numbers fit in a word there: [panel][turn]
   * [output][word of the turn's numbers], the first in the lower half.
   */
  int[] roundedPanels(TensorTile tile) {
    int channels = tile.channels();
    float[] padded = padded(tile);
    int turns = turns(tile);
    int depth = turns * tile.depth();
    int width = precision.width();
    int numbers = Integer.SIZE / width;
    int[] packed = new int[padded.length / numbers];
    for (int m = 0; m < padded.length / depth; m++) {
      for (int k = 0; k < depth; k++) {
        int line = (m / channels * turns + k / tile.depth()) * channels + m % channels;
        int word = (line * tile.depth() + k % tile.depth()) / numbers;
        packed[word] |= precision.bits(padded[m * depth + k]) << (k % numbers * width);
      }
    }
    return packed;
  }

  /** [output][number of a row], with zeros up to whole panels and turns. */
  private float[] padded(Tile tile) {
    int outputs = Math.ceilDiv(lanes(), tile.channels()) * tile.channels();
    int depth = turns(tile) * tile.depth();
    int numbers = operand.slabs() * LANES;
    float[] arranged = operand.arranged(weight.floats(), map().channels());
    float[] padded = new float[Math.multiplyExact(outputs, depth)];
    for (int m = 0; m < map().channels(); m++) {
      System.arraycopy(arranged, m * numbers, padded, m * depth, numbers);
    }
    return padded;
  }

  /** A bias for every output of all panels. */
  float[] biases(int width) {
    return Packing.slabs(bias.floats(), Math.ceilDiv(lanes(), width) * width);
  }
}
