package dev.lowpass.passes.channels;

import dev.lowpass.ir.Node;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.op.AveragePool;
import dev.lowpass.ir.op.BatchNormalization;
import dev.lowpass.ir.op.Binary;
import dev.lowpass.ir.op.Concat;
import dev.lowpass.ir.op.Constant;
import dev.lowpass.ir.op.Convolution;
import dev.lowpass.ir.op.Dct;
import dev.lowpass.ir.op.Depthwise;
import dev.lowpass.ir.op.Elementwise;
import dev.lowpass.ir.op.GlobalAveragePool;
import dev.lowpass.ir.op.Idct;
import dev.lowpass.ir.op.MatrixProduct;
import dev.lowpass.ir.op.MaxPool;
import dev.lowpass.ir.op.Pad;
import dev.lowpass.ir.op.Pointwise;
import dev.lowpass.ir.op.Reshape;
import dev.lowpass.ir.op.Slice;
import dev.lowpass.ir.op.Softmax;
import dev.lowpass.ir.op.Transpose;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which axes of a node's operands count channels, and whose: were its input's or its result's channels put in another
 * order, these axes would have to follow.
 */
record ChannelAxes(List<Axis> axes) {
  /** The image whose channels an axis counts: operand 0, or the node's result. */
  enum Side {
    INPUT,
    RESULT
  }

  /** Axis {@code axis} of operand {@code operand} counts the channels of {@code side}. */
  record Axis(int operand, int axis, Side side) {}

  ChannelAxes {
    axes = List.copyOf(axes);
  }

  /** The axes of {@code node}, whose result is an image; nothing where channels have their places for good. */
  static Optional<ChannelAxes> of(Node node) {
    return switch (node.op()) {
      case Pointwise pointwise -> Optional.of(product(node));
      case Convolution convolution when convolution.groups() == 1 -> Optional.of(product(node));
      case Convolution grouped -> Optional.empty();
      case Depthwise depthwise -> Optional.of(perChannel(node));
      case BatchNormalization normalization -> Optional.of(perChannel(node));
      case Elementwise elementwise -> Optional.of(perChannel(node));
      case Dct dct -> Optional.of(perChannel(node));
      case Idct idct -> Optional.of(perChannel(node));
      case AveragePool pool -> Optional.of(perChannel(node));
      case MaxPool pool -> Optional.of(perChannel(node));
      case GlobalAveragePool pool -> Optional.of(perChannel(node));
      case Binary binary -> Optional.of(broadcast(node));
      case Pad pad -> keepsChannels(node) ? Optional.of(perChannel(node)) : Optional.empty();
      case Slice slice when slice.steps().get(1) != 1 -> Optional.empty();
      case Slice slice -> keepsChannels(node) ? Optional.of(perChannel(node)) : Optional.empty();
      case Constant constant -> Optional.empty();
      case MatrixProduct product -> Optional.empty();
      case Softmax softmax -> Optional.empty();
      case Concat concat -> Optional.empty();
      case Transpose transpose -> Optional.empty();
      case Reshape reshape -> Optional.empty();
    };
  }

  /** x [N, C, H, W], weight [M, C, …], bias [M]. */
  private static ChannelAxes product(Node node) {
    List<Axis> axes = new ArrayList<>();
    axes.add(new Axis(0, 1, Side.INPUT));
    axes.add(new Axis(1, 0, Side.RESULT));
    axes.add(new Axis(1, 1, Side.INPUT));
    if (node.operands().size() > 2) {
      axes.add(new Axis(2, 0, Side.RESULT));
    }
    return new ChannelAxes(axes);
  }

  /** x [N, C, H, W] and parameters [C, …]. */
  private static ChannelAxes perChannel(Node node) {
    List<Axis> axes = new ArrayList<>();
    for (int operand = 0; operand < node.operands().size(); operand++) {
      axes.add(new Axis(operand, operand == 0 ? 1 : 0, Side.RESULT));
    }
    return new ChannelAxes(axes);
  }

  /** Operands that broadcast to the result's [N, C, H, W]; one with a single channel does not care. */
  private static ChannelAxes broadcast(Node node) {
    List<Axis> axes = new ArrayList<>();
    for (int operand = 0; operand < node.operands().size(); operand++) {
      Shape shape = node.operand(operand).type().shape();
      if (shape.rank() >= 3 && shape.dim(-3) > 1) {
        axes.add(new Axis(operand, shape.rank() - 3, Side.RESULT));
      }
    }
    return new ChannelAxes(axes);
  }

  private static boolean keepsChannels(Node node) {
    return node.type().shape().dim(1) == node.operand(0).type().shape().dim(1);
  }
}
