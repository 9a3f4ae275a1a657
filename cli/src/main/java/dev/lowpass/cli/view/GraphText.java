package dev.lowpass.cli.view;

import dev.lowpass.ir.BandLimit;
import dev.lowpass.ir.graph.Node;
import dev.lowpass.ir.op.Constant;
import dev.lowpass.ir.op.Pointwise;
import java.util.Optional;

/** How views write a node: what it does, its type, and what it keeps. Constants are not drawn. */
public final class GraphText {
  private static final int LONGEST_NAME = 40;

  private GraphText() {}

  public static boolean isDrawn(Node node) {
    return !(node.op() instanceof Constant);
  }

  public static String title(Node node) {
    return node.op().mnemonic();
  }

  /** The name, cut in the middle where it is long, since both ends tell names apart. */
  public static String name(String name) {
    int half = LONGEST_NAME / 2;
    return name.length() <= LONGEST_NAME
        ? name
        : name.substring(0, half) + "…" + name.substring(name.length() - half + 1);
  }

  /** Element type and shape, and the block for coefficients. */
  public static String type(Node node) {
    String shape = node.type().element().toString() + node.type().shape();
    return node.type().isSpatial() ? shape : shape + " in dct<" + node.type().frequency().block() + ">";
  }

  public static Optional<BandLimit> limit(Node node) {
    return node.op() instanceof Pointwise pointwise ? pointwise.limit() : Optional.empty();
  }
}
