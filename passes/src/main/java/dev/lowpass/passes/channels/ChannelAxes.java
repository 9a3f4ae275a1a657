package dev.lowpass.passes.channels;

import dev.lowpass.ir.Shape;
import dev.lowpass.ir.graph.Node;
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
    return switch (node.channels()) {
      case SUMMED -> Optional.of(product(node));
      case APART, COUNTED -> Optional.of(perChannel(node));
      case BROADCAST -> Optional.of(broadcast(node));
      case PLACED -> Optional.empty();
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
}
