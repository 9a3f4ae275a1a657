package dev.lowpass.passes.precision;

import dev.lowpass.ir.Precision;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.graph.Node;
import dev.lowpass.ir.graph.Rewrite;
import dev.lowpass.ir.op.Convolution;
import dev.lowpass.ir.op.Layer;
import dev.lowpass.ir.op.Op;
import dev.lowpass.ir.op.Pointwise;
import dev.lowpass.ir.op.Window;
import dev.lowpass.passes.machine.Machine;
import dev.lowpass.passes.pass.GraphIndex;
import dev.lowpass.passes.pass.NodePass;
import dev.lowpass.passes.pass.PassContext;
import java.util.ArrayList;
import java.util.List;

/**
 * On a machine that multiplies in bfloat16, lets products do so.
 *
 * <pre>
 * %y = pointwise %x, %w        =>   %y = pointwise %x, %w {precision = bf16}
 * </pre>
 *
 * Pointwise layers and convolutions without groups, in both domains. Does not fire for fewer than 16 channels, as in the
 * first layer: they fill no register and lose the most.
 */
public record RoundProducts() implements NodePass {
  @Override
  public String name() {
    return "round-products";
  }

  @Override
  public String summary() {
    return "lets products round what they multiply to bfloat16, on machines that do that faster";
  }

  @Override
  public Rewrite rewriteAt(Node node, GraphIndex index, PassContext context) {
    if (context.machine().precision() == Precision.FLOAT32 || !(node.op() instanceof Layer)) {
      return Rewrite.none();
    }
    Op rounding = rounding(node);
    return rounding.equals(node.op())
        ? Rewrite.none()
        : Rewrite.redefine(List.of(Node.of(node.name(), rounding, node.operands(), node.location())));
  }

  /** {@code graph} with all layers in single precision. */
  public static Graph undone(Graph graph) {
    List<Node> exact = new ArrayList<>();
    for (Node node : graph.nodes()) {
      if (node.op() instanceof Pointwise pointwise) {
        exact.add(Node.of(node.name(), pointwise.with(Precision.FLOAT32), node.operands(), node.location()));
      } else if (node.op() instanceof Convolution convolution) {
        exact.add(Node.of(node.name(), convolution.with(Precision.FLOAT32), node.operands(), node.location()));
      }
    }
    return graph.apply(Rewrite.redefine(exact));
  }

  private static Op rounding(Node node) {
    boolean many = node.operand(0).type().shape().dim(1) >= Machine.SLAB;
    if (many && node.op() instanceof Pointwise pointwise) {
      return pointwise.with(Precision.BFLOAT16);
    }
    if (many && node.op() instanceof Convolution convolution && isUsual(convolution)) {
      return convolution.with(Precision.BFLOAT16);
    }
    return node.op();
  }

  /** Without groups, and with no more zeros around the map than a window sees at once. */
  private static boolean isUsual(Convolution convolution) {
    Window window = convolution.window();
    boolean narrow = true;
    for (int side = 0; side < 4; side++) {
      int pad = window.pads().get(side);
      narrow &= pad >= 0 && pad < window.reach(side % 2);
    }
    return convolution.groups() == 1 && narrow;
  }
}
