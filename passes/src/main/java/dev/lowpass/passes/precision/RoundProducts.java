package dev.lowpass.passes.precision;

import dev.lowpass.ir.Precision;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.graph.Node;
import dev.lowpass.ir.graph.Rewrite;
import dev.lowpass.ir.op.Convolution;
import dev.lowpass.ir.op.Layer;
import dev.lowpass.ir.op.Narrowing;
import dev.lowpass.ir.op.Op;
import dev.lowpass.ir.op.Pointwise;
import dev.lowpass.ir.op.Window;
import dev.lowpass.passes.machine.Machine;
import dev.lowpass.passes.pass.GraphIndex;
import dev.lowpass.passes.pass.NodePass;
import dev.lowpass.passes.pass.PassContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * On a machine that multiplies rounded numbers, lets products do so.
 *
 * <pre>
 * %y = pointwise %x, %w        =>   %y = pointwise %x, %w {precision = bf16}
 * </pre>
 *
 * Pointwise layers and convolutions without groups, in both domains. Where a weight is infinite as float16 the layer
 * multiplies in TF32, which has as many digits, and a remark says so.
 *
 * <p>Does not fire
 * <ul>
 *   <li>for fewer than 16 channels, as in the first layer: they fill no register and lose the most;
 *   <li>where a layer says already in what it multiplies.
 * </ul>
 */
public record RoundProducts() implements NodePass {
  @Override
  public String name() {
    return "round-products";
  }

  @Override
  public String summary() {
    return "lets products round what they multiply, on machines that do that faster";
  }

  @Override
  public Rewrite rewriteAt(Node node, GraphIndex index, PassContext context) {
    if (context.machine().precision() == Precision.FLOAT32 || !(node.op() instanceof Layer)) {
      return Rewrite.none();
    }
    if (!canRound(node)) {
      return Rewrite.none();
    }
    Precision precision = precision(node, index, context);
    return Rewrite.redefine(List.of(Node.of(node.name(), with(node.op(), precision), node.operands(), node.location())));
  }

  /** {@code graph} with all layers and all maps in single precision. */
  public static Graph undone(Graph graph) {
    Map<String, Value> wide = new LinkedHashMap<>();
    for (Node node : graph.nodes()) {
      if (node.op() instanceof Narrowing) {
        wide.put(node.name(), node.operand(0));
      }
    }
    Graph exact = graph.apply(new Rewrite(List.of(), wide));
    List<Node> layers = new ArrayList<>();
    for (Node node : exact.nodes()) {
      if (node.op() instanceof Pointwise || node.op() instanceof Convolution) {
        layers.add(Node.of(node.name(), with(node.op(), Precision.FLOAT32), node.operands(), node.location()));
      }
    }
    return exact.apply(Rewrite.redefine(layers));
  }

  private static boolean canRound(Node node) {
    boolean many = node.operand(0).type().shape().dim(1) >= Machine.SLAB;
    return many
        && switch (node.op()) {
          case Pointwise pointwise -> pointwise.precision() == Precision.FLOAT32;
          case Convolution convolution -> convolution.precision() == Precision.FLOAT32 && isUsual(convolution);
          case Op _ -> false;
        };
  }

  /** The machine's, unless a weight is too large for it. */
  private static Precision precision(Node node, GraphIndex index, PassContext context) {
    Precision asked = context.machine().precision();
    float most = index.constant(node.operand(1)).map(RoundProducts::largest).orElse(0f);
    if (!asked.overflows(most)) {
      return asked;
    }
    Precision wide = context.machine().unit().takes(Precision.TF32) ? Precision.TF32 : Precision.FLOAT32;
    context
        .report()
        .remark("%s: multiplies in %s, as a weight of %.3g is infinite in %s".formatted(node.name(), wide, most, asked));
    return wide;
  }

  private static float largest(Tensor weight) {
    float most = 0;
    for (float value : weight.floats()) {
      most = Float.isFinite(value) ? Math.max(most, Math.abs(value)) : most;
    }
    return most;
  }

  private static Op with(Op layer, Precision precision) {
    return switch (layer) {
      case Pointwise pointwise -> pointwise.with(precision);
      case Convolution convolution -> convolution.with(precision);
      case Op other -> other;
    };
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
