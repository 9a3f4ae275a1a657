package dev.lowpass.codegen.plan;

import dev.lowpass.codegen.plan.fusion.Chain;
import dev.lowpass.codegen.plan.value.Band;
import dev.lowpass.codegen.plan.value.Layout;
import dev.lowpass.codegen.plan.value.Slot;
import dev.lowpass.codegen.plan.value.Weights;
import dev.lowpass.ir.Bands;
import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.Precision;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.graph.Node;
import dev.lowpass.ir.op.Convolution;
import dev.lowpass.ir.op.Depthwise;
import dev.lowpass.ir.op.Elementwise;
import dev.lowpass.ir.op.Narrowing;
import dev.lowpass.ir.op.Op;
import dev.lowpass.ir.op.Pointwise;
import dev.lowpass.ir.op.Window;
import dev.lowpass.passes.machine.Machine;
import java.util.List;

/** What a step takes over from nodes with weights: the weights, and how much of their input products read. */
final class Layers {
  private final Chain chain;
  private final SlotTable slots;
  private final Machine machine;

  Layers(Chain chain, SlotTable slots, Machine machine) {
    this.chain = chain;
    this.slots = slots;
    this.machine = machine;
  }

  /** As the user knows the node. */
  static String name(Node node) {
    return node.location().text().isEmpty() ? node.name() : node.location().text();
  }

  /** What elementwise nodes do. */
  static List<Elementwise> functions(List<Node> nodes) {
    return nodes.stream().map(node -> (Elementwise) node.op()).toList();
  }

  /** Those that are computed before {@code result}, perhaps of other nodes, is stored. */
  List<Elementwise> stored(List<Node> nodes, Value result) {
    return functions(withoutNarrowing(nodes, result));
  }

  /** {@code nodes} without the last one, where it makes {@code result} and the slot of that rounds what is stored. */
  List<Node> withoutNarrowing(List<Node> nodes, Value result) {
    boolean rounds =
        !nodes.isEmpty()
            && nodes.getLast().op() instanceof Narrowing
            && nodes.getLast().name().equals(result.name())
            && slots.isNarrow(result);
    return rounds ? nodes.subList(0, nodes.size() - 1) : nodes;
  }

  /** Those between a kernel's parts, the second of which is {@code product}: it rounds what it multiplies. */
  List<Elementwise> between(List<Node> nodes, Node product) {
    List<Elementwise> all = functions(nodes);
    boolean rounds = !all.isEmpty() && all.getLast() instanceof Narrowing(Precision narrow) && narrow == precision(product);
    return rounds ? all.subList(0, all.size() - 1) : all;
  }

  static Window window(Node depthwise) {
    return ((Depthwise) depthwise.op()).window();
  }

  Weights weight(Node node) {
    return Weights.of(constant(node, 1));
  }

  Weights bias(Node node) {
    return node.operands().size() > 2 ? Weights.of(constant(node, 2)) : Weights.NONE;
  }

  /** In which a layer multiplies. */
  Precision precision(Node node) {
    Precision precision =
        switch (node.op()) {
          case Pointwise pointwise -> pointwise.precision();
          case Convolution convolution -> convolution.precision();
          case Op other -> throw new IllegalArgumentException(other.mnemonic() + " has no precision");
        };
    if (!machine.unit().takes(precision)) {
      throw new LowpassException(
          "LP4004", name(node), "is to multiply in %s, which %s does not do here".formatted(precision, machine.name()));
    }
    return precision;
  }

  private Tensor constant(Node node, int operand) {
    return chain
        .constant(node.operand(operand))
        .orElseThrow(
            () -> new LowpassException(
                "LP4002", node.name(), node.op().mnemonic() + " with computed weights; weights must be constants"));
  }

  /**
   * The input of {@code pointwise}; where a staircase over unsorted channels would read too much of it, with zeros
   * there.
   */
  Slot factors(Node pointwise) {
    Value input = pointwise.operand(0);
    if (input.type().isSpatial()) {
      return slots.slabbed(input);
    }
    Bands reads = reads(pointwise);
    return Band.readsTooMuch(reads, input.type().frequency().bands())
        ? slots.truncated(input, reads)
        : slots.slabbed(input);
  }

  /** How much of its input {@code pointwise} reads. */
  List<Band> bands(Node pointwise) {
    Layout.Slabbed layout = (Layout.Slabbed) Layout.inside(pointwise.operand(0).type());
    return switch (layout) {
      case Layout.Coefficients coefficients -> Band.staircase(reads(pointwise), coefficients.block().size());
      case Layout.Slabs slabs -> Band.dense(1, slabs.channels());
    };
  }

  private static Bands reads(Node pointwise) {
    return ((Pointwise) pointwise.op()).reads(pointwise.operand(0).type());
  }
}
