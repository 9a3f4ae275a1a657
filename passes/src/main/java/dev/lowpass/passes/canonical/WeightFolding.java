package dev.lowpass.passes.canonical;

import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.graph.Node;
import dev.lowpass.ir.graph.Rewrite;
import dev.lowpass.ir.op.Layer;
import dev.lowpass.passes.pass.GraphIndex;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Moves a scale and shift of every output channel into the weights and bias of the layer before. */
final class WeightFolding {
  private WeightFolding() {}

  /**
   * Redefines {@code node}, which computes {@code affine} of a layer's result, as that layer with other weights. Empty
   * if there is no layer with constant weights, or others read its result too, or it computes coefficients.
   */
  static Optional<Rewrite> into(Node node, ChannelAffine affine, GraphIndex index) {
    return index
        .producer(affine.input())
        .filter(layer -> layer.op() instanceof Layer && layer.type().isSpatial() && index.isReadOnce(layer.result()))
        .filter(layer -> layer.operands().stream().skip(1).allMatch(operand -> index.constant(operand).isPresent()))
        .map(layer -> fold(node, layer, affine, index));
  }

  private static Rewrite fold(Node node, Node layer, ChannelAffine affine, GraphIndex index) {
    List<Node> nodes = new ArrayList<>();
    List<Value> operands = new ArrayList<>(List.of(layer.operand(0)));
    Node weight = scaledWeight(node, layer, affine, index);
    nodes.add(weight);
    operands.add(weight.result());
    if (layer.operands().size() > 2 || affine.hasShift()) {
      Node bias = bias(node, layer, affine, index);
      nodes.add(bias);
      operands.add(bias.result());
    }
    nodes.add(Node.of(node.name(), layer.op(), operands, layer.location()));
    return Rewrite.redefine(nodes);
  }

  private static Node scaledWeight(Node node, Node layer, ChannelAffine affine, GraphIndex index) {
    Tensor weight = index.constant(layer.operand(1)).orElseThrow();
    double[] values = weight.toDoubles();
    int filter = values.length / weight.shape().dim(0);
    for (int i = 0; i < values.length; i++) {
      values[i] *= affine.scale()[i / filter];
    }
    return Constants.of(index.fresh(node.name() + ".weight"), values, weight.shape(), layer.location());
  }

  private static Node bias(Node node, Node layer, ChannelAffine affine, GraphIndex index) {
    double[] values = affine.shift().clone();
    if (layer.operands().size() > 2) {
      Tensor bias = index.constant(layer.operand(2)).orElseThrow();
      for (int c = 0; c < values.length; c++) {
        values[c] += affine.scale()[c] * bias.at(c);
      }
    }
    return Constants.of(index.fresh(node.name() + ".bias"), values, Shape.of(values.length), layer.location());
  }
}
