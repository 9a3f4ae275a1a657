package dev.lowpass.learn.choice;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.graph.Node;
import dev.lowpass.ir.op.Layer;
import dev.lowpass.ir.op.MatrixProduct;
import dev.lowpass.ir.op.Pointwise;
import dev.lowpass.ir.op.Pool;
import dev.lowpass.learn.data.Batches;
import dev.lowpass.learn.network.Contents;
import dev.lowpass.learn.network.LayerInput;
import dev.lowpass.learn.network.Network;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One factor for each pooled channel, by which what bands took off is made up for: least squares between the features
 * that a whole network pools and those that a cut one does. It goes into the weights of the layer that reads them, and
 * costs nothing.
 */
public final class PooledScales {
  /** Pictures' worth of evidence that a factor is 1. */
  private static final double PRIOR = 2;

  /** For one layer Σ whole·cut and Σ cut², channel by channel. */
  private record Sums(double[] products, double[] squares, double[] wholes) {
    static Sums of(int channels) {
      return new Sums(new double[channels], new double[channels], new double[channels]);
    }

    void add(float[] whole, float[] cut) {
      for (int i = 0; i < whole.length; i++) {
        products[i % products.length] += (double) whole[i] * cut[i];
        squares[i % squares.length] += (double) cut[i] * cut[i];
        wholes[i % wholes.length] += (double) whole[i] * whole[i];
      }
    }

    float factor(int c, int pictures) {
      double prior = PRIOR * wholes[c] / pictures;
      return squares[c] + prior == 0 ? 1 : (float) ((products[c] + prior) / (squares[c] + prior));
    }
  }

  private PooledScales() {}

  /**
   * Changes the weights of layers of {@code network} that read what was pooled, for what {@code masks} take off. Layers
   * behind them, which see nothing of that any more, stay as they are.
   */
  public static void fold(Network network, LayerInput masks, Batches batches) {
    Map<Node, Sums> sums = new LinkedHashMap<>();
    for (int batch = 0; batch < batches.count(); batch++) {
      try (NDManager step = network.manager().newSubManager()) {
        Map<String, NDArray> inputs = batches.inputs(step, batch);
        Map<Node, NDArray> whole = pooled(network, step, inputs, LayerInput.WHOLE);
        Map<Node, NDArray> cut = pooled(network, step, inputs, masks);
        whole.forEach(
            (layer, features) ->
                sums.computeIfAbsent(layer, node -> Sums.of(node.operand(0).type().shape().dim(1)))
                    .add(features.toFloatArray(), cut.get(layer).toFloatArray()));
      }
    }
    sums.forEach((layer, each) -> scale(network, layer, each, batches.examples()));
  }

  private static Map<Node, NDArray> pooled(
      Network network, NDManager step, Map<String, NDArray> inputs, LayerInput masks) {
    Map<Node, NDArray> pooled = new LinkedHashMap<>();
    network.run(
        step,
        inputs,
        (layer, input) -> {
          if (input.getShape().get(2) * input.getShape().get(3) == 1 && isPooled(network.graph(), layer.operand(0))) {
            pooled.put(layer, input);
          }
          return masks.of(layer, input);
        });
    return pooled;
  }

  /** Whether there is no layer between {@code value}, a map of one sample, and what it was pooled from. */
  private static boolean isPooled(Graph graph, Value value) {
    Optional<Node> producer = graph.producer(value);
    if (producer.isEmpty() || producer.get().op() instanceof Pool) {
      return true;
    }
    Node node = producer.get();
    boolean layer = node.op() instanceof Layer || node.op() instanceof MatrixProduct;
    return !layer && node.operands().stream().allMatch(operand -> isPooled(graph, operand));
  }

  private static void scale(Network network, Node layer, Sums sums, int pictures) {
    NDArray weights = network.weights().get(layer.operand(1).name());
    if (!(layer.op() instanceof Pointwise) || weights == null) {
      return;
    }
    float[] values = weights.toFloatArray();
    int channels = sums.products().length;
    for (int i = 0; i < values.length; i++) {
      values[i] *= sums.factor(i % channels, pictures);
    }
    Contents.replace(weights, values);
  }
}
