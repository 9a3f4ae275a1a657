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
import dev.lowpass.ir.op.Elementwise;
import java.util.List;
import java.util.Optional;

/**
 * act(weights · operand + bias + residual), the bias at DC alone where rows are coefficients: what pointwise layers,
 * convolutions, and depthwise convolutions with the pointwise layer behind them have in common on a device.
 *
 * @param rows the map that says which rows there are: the output's, or the input's where it is cut in bands
 */
record Product(
    Operand operand,
    Weights weight,
    Weights bias,
    Layout.Slabbed rows,
    List<Band> bands,
    Slot output,
    Optional<Slot> residual,
    List<Elementwise> activation) {
  static Product of(ProductStep step) {
    return new Product(
        new SampleOperand(step.input()),
        step.weight(),
        step.bias(),
        step.input().slabbed(),
        step.bands(),
        step.output(),
        step.residual(),
        step.activation());
  }

  /** Of one group of channels. */
  static Product of(ConvolutionStep step) {
    Layout.Slabbed output = step.output().slabbed();
    Operand operand =
        step.input().layout() instanceof Layout.Slabbed
            ? new ConvolutionOperand(step.input(), step.window(), output.width())
            : new GatheredOperand(step.input(), step.window(), output.width());
    return dense(operand, step.weight(), step.bias(), step.output(), step.residual(), step.activation());
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
        step.projection().activation());
  }

  private static Product dense(
      Operand operand, Weights weight, Weights bias, Slot output, Optional<Slot> residual, List<Elementwise> activation) {
    List<Band> whole = Band.dense(1, operand.numbers());
    return new Product(operand, weight, bias, output.slabbed(), whole, output, residual, activation);
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
  int turns(ProductTile tile) {
    return Math.ceilDiv(operand.slabs(), tile.slabs());
  }

  /**
   * Weights in panels, [panel][number of a row][output], with zeros up to a whole panel and to a whole turn of {@code
   * tile}.
   */
  float[] panels(ProductTile tile) {
    int width = tile.channels();
    int depth = turns(tile) * tile.depth();
    int numbers = operand.slabs() * LANES;
    float[] arranged = operand.arranged(weight.floats(), map().channels());
    float[] packed = new float[Math.multiplyExact(Math.ceilDiv(lanes(), width) * width, depth)];
    for (int m = 0; m < map().channels(); m++) {
      for (int k = 0; k < numbers; k++) {
        packed[(m / width * depth + k) * width + m % width] = arranged[m * numbers + k];
      }
    }
    return packed;
  }

  /** A bias for every output of all panels. */
  float[] biases(int width) {
    return Packing.slabs(bias.floats(), Math.ceilDiv(lanes(), width) * width);
  }
}
