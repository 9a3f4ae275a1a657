package dev.lowpass.passes.frequency;

import dev.lowpass.ir.BandLimit;
import dev.lowpass.ir.Domain;
import dev.lowpass.ir.Graph;
import dev.lowpass.ir.Node;
import dev.lowpass.ir.TensorType;
import dev.lowpass.ir.op.Dct;
import dev.lowpass.ir.op.Idct;
import dev.lowpass.ir.op.Pointwise;

/** The predicted time of a graph's products and transforms, read off its nodes. */
final class GraphPrice {
  private GraphPrice() {}

  static double of(Graph graph, CostModel model) {
    return graph.nodes().stream().mapToDouble(node -> of(node, model)).sum();
  }

  private static double of(Node node, CostModel model) {
    if (node.op() instanceof Pointwise) {
      PointwiseLayer layer = new PointwiseLayer(node);
      return node.type().isSpatial()
          ? model.dense(layer.product())
          : model.banded(layer.product(), layer.limit().orElseThrow());
    }
    if (node.op() instanceof Dct) {
      return model.forward(node.type().shape(), limit(node.type()));
    }
    return node.op() instanceof Idct ? model.inverse(node.type().shape(), limit(node.operand(0).type())) : 0;
  }

  private static BandLimit limit(TensorType type) {
    Domain.Frequency frequency = type.frequency();
    return new BandLimit(frequency.block(), frequency.order(), frequency.bands());
  }
}
