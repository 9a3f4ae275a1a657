package dev.lowpass.testsuite.networks;

import dev.lowpass.ir.Tensor;
import java.util.List;

/** Layers that normalise, with statistics, scales and offsets as training leaves them. */
final class Normalizations {
  private final OnnxGraph graph;
  private final SeededWeights weights;

  Normalizations(OnnxGraph graph, SeededWeights weights) {
    this.graph = graph;
    this.weights = weights;
  }

  Feature batch(Feature x) {
    List<Integer> channels = List.of(x.channels());
    return graph.node(
        "BatchNormalization",
        List.of(
            x,
            scale(channels),
            offset(channels),
            graph.stored("mean", weights.around(channels, 0, 0.2)),
            graph.stored("variance", weights.uniform(channels, 0.7, 1.4))),
        x.shape(),
        Attributes.real("epsilon", 1e-5),
        Attributes.real("momentum", 0.9));
  }

  Feature instance(Feature x) {
    List<Integer> channels = List.of(x.channels());
    return graph.node(
        "InstanceNormalization",
        List.of(x, scale(channels), offset(channels)),
        x.shape(),
        Attributes.real("epsilon", 1e-5));
  }

  /** Over the last axis, as one node (from opset 17 on). */
  Feature layer(Feature x) {
    List<Integer> last = List.of(x.extent(-1));
    return graph.node(
        "LayerNormalization",
        List.of(x, scale(last), offset(last)),
        x.shape(),
        Attributes.integer("axis", -1),
        Attributes.real("epsilon", 1e-6));
  }

  /**
   * Over one axis, as it was written before there was a node for it: mean, difference, variance, quotient, scale and
   * offset.
   *
   * @param axis the last one, or 1 on a map
   */
  Feature layerInSteps(Network network, Feature x, int axis) {
    Feature mean = network.reduce("ReduceMean", 18, x, true, axis);
    Feature centred = network.binary("Sub", x, mean);
    Feature squares = network.with("Pow", centred, 2);
    Feature variance = network.reduce("ReduceMean", 18, squares, true, axis);
    Feature deviation = network.unary("Sqrt", network.with("Add", variance, 1e-6));
    Feature normal = network.binary("Div", centred, deviation);
    List<Integer> shape = axis == 1 ? List.of(x.channels(), 1, 1) : List.of(x.extent(-1));
    return network.add(network.multiply(normal, scale(shape)), offset(shape));
  }

  /** Across neighbouring channels (Krizhevsky et al., "ImageNet Classification", 2012). */
  Feature localResponse(Feature x) {
    return graph.node(
        "LRN",
        List.of(x),
        x.shape(),
        Attributes.real("alpha", 1e-4),
        Attributes.real("beta", 0.75),
        Attributes.real("bias", 1),
        Attributes.integer("size", 5));
  }

  /** Scales of a layer that starts near nothing, one for each channel of a map. */
  Feature layerScale(int channels) {
    Tensor scales = weights.uniform(List.of(channels, 1, 1), 0.1, 0.4);
    return graph.stored("gamma", scales);
  }

  private Feature scale(List<Integer> shape) {
    return graph.stored("scale", weights.uniform(shape, 0.7, 1.3));
  }

  private Feature offset(List<Integer> shape) {
    return graph.stored("offset", weights.around(shape, 0, 0.1));
  }
}
