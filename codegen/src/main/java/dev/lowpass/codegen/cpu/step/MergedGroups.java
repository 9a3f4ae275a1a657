package dev.lowpass.codegen.cpu.step;

import dev.lowpass.codegen.plan.step.ConvolutionStep;
import dev.lowpass.codegen.plan.value.Layout;
import dev.lowpass.codegen.plan.value.Weights;
import dev.lowpass.ir.Tensor;

/**
 * A convolution with so many of its groups together that each of them reads and makes whole slabs. Weights between
 * channels of different groups are zeros, which are multiplied as others are: vectors that are full cost less.
 *
 * @param groups that are left
 * @param channels of the input that each of them reads, but the last
 * @param lastChannels what the last one reads, whose slab may not be full
 * @param weight [outputs][channels][kh][kw]
 */
record MergedGroups(int groups, int channels, int lastChannels, Weights weight) {
  /** Multiplications for each that is asked for, at most. */
  private static final int MOST_WASTE = 16;

  /** Whether it is worth while; without groups it always is. */
  static boolean suits(ConvolutionStep step) {
    return step.groups() == 1 || together(step) <= MOST_WASTE;
  }

  static MergedGroups of(ConvolutionStep step) {
    int together = together(step);
    int channels = step.input().shape().dim(1) / step.groups() * together;
    Weights weight = together == 1 ? step.weight() : Weights.of(spread(step, together));
    int groups = Math.ceilDiv(step.groups(), together);
    int lastChannels = step.input().shape().dim(1) - (groups - 1) * channels;
    return new MergedGroups(groups, channels, lastChannels, weight);
  }

  /** How many groups it takes until slabs are full: as few as are, or all. */
  private static int together(ConvolutionStep step) {
    int groups = step.groups();
    int inputs = step.input().shape().dim(1) / groups;
    int outputs = step.output().shape().dim(1) / groups;
    for (int together = 1; together < groups; together++) {
      boolean full = together * inputs % Layout.LANES == 0 && together * outputs % Layout.LANES == 0;
      // Of a last one that is smaller there may be one panel.
      boolean even = groups % together == 0 || together * outputs == Layout.LANES;
      if (full && even) {
        return together;
      }
    }
    return groups;
  }

  private static Tensor spread(ConvolutionStep step, int together) {
    int outputs = step.output().shape().dim(1);
    int outputsOfGroup = outputs / step.groups();
    int own = step.weight().count() / outputs;
    float[] weights = step.weight().floats();
    float[] spread = new float[Math.multiplyExact(step.weight().count(), together)];
    for (int output = 0; output < outputs; output++) {
      int place = output / outputsOfGroup % together;
      System.arraycopy(weights, output * own, spread, (output * together + place) * own, own);
    }
    return Tensor.of(spread, spread.length);
  }

  /** Slabs of outputs of one of them. */
  int slabs(ConvolutionStep step) {
    return Math.ceilDiv(Math.ceilDiv(step.output().shape().dim(1), groups), Layout.LANES);
  }
}
