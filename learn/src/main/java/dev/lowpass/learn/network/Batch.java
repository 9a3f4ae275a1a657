package dev.lowpass.learn.network;

import ai.djl.ndarray.NDArray;
import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.graph.Node;

/** The first axis of values: more pictures than the graph says go through it side by side, if no node mixes them. */
final class Batch {
  /** The code of what {@link #requireGraphs} throws. */
  static final String MOVED = "LP6011";

  private Batch() {}

  /**
   * Where {@code node} mixes pictures, or puts them on another axis, there are as many as the graph says.
   *
   * @param x its first operand
   * @throws LowpassException LP6011 where there are more
   */
  static void requireGraphs(Node node, NDArray x) {
    dev.lowpass.ir.Shape shape = node.operand(0).type().shape();
    if (shape.rank() > 0 && x.getShape().get(0) != shape.dim(0)) {
      throw new LowpassException(
          MOVED,
          node.location().text(),
          "%s moves the batch, so that no more than %d pictures at a time fit"
              .formatted(node.op().mnemonic(), shape.dim(0)));
    }
  }
}
