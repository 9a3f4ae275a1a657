package dev.lowpass.codegen.plan.fusion;

import dev.lowpass.codegen.plan.value.Layout;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.graph.Node;
import dev.lowpass.ir.op.ArgReduce;
import dev.lowpass.ir.op.Resize;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The greatest or least channel of a map, which {@code arg} finds, and the resampling that makes the map. */
public record ArgChannelsGroup(Optional<Node> resize, Node arg) implements Group {
  /** Samples that a resampled one is a sum of at most: it is computed where it is compared. */
  private static final int MOST_TAPS = 4;

  /** Whether the kernel is for such operands: images of numbers with fractions, not smaller than a vector. */
  static boolean suits(Node node, ArgReduce arg) {
    Shape shape = node.operand(0).type().shape();
    boolean images = arg.axis() == 1 && shape.rank() == 4 && node.operand(0).type().element().isFloating();
    return images && shape.elements() > 0 && shape.dim(2) * shape.dim(3) >= Layout.LANES;
  }

  static ArgChannelsGroup of(Chain chain, Node node, Predicate<Node> isFree) {
    Optional<Node> resize =
        chain
            .privateProducer(node.operand(0))
            .filter(made -> made.op() instanceof Resize && isFree.test(made))
            .filter(ArgChannelsGroup::isShort)
            .filter(made -> made.type().shape().dim(3) >= Layout.LANES);
    return new ArgChannelsGroup(resize, node);
  }

  private static boolean isShort(Node node) {
    Resize resize = (Resize) node.op();
    Shape input = node.operand(0).type().shape();
    return resize.vertical(input).longest() * resize.horizontal(input).longest() <= MOST_TAPS;
  }

  @Override
  public List<Node> nodes() {
    List<Node> nodes = new ArrayList<>();
    resize.ifPresent(nodes::add);
    nodes.add(arg);
    return nodes;
  }
}
