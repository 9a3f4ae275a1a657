package dev.lowpass.learn.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.lowpass.ir.ElementType;
import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.graph.Node;
import dev.lowpass.ir.graph.Rewrite;
import dev.lowpass.ir.op.BatchNormalization;
import dev.lowpass.ir.op.Constant;
import dev.lowpass.ir.op.Layer;
import dev.lowpass.ir.op.MatrixProduct;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;

/**
 * A spatial graph as a function of batches, in float32, that can be differentiated. Its weights are arrays that a
 * training changes; {@link #trained} is a graph with what they have become.
 *
 * <p>Not safe for use by several threads. Closing it frees its arrays.
 */
public final class Network implements AutoCloseable {
  private final Graph graph;
  private final NDManager manager;
  private final TorchFunctions functions;
  private final SequencedMap<String, NDArray> constants = new LinkedHashMap<>();
  private final Set<String> weights = new LinkedHashSet<>();

  private Network(Graph graph, NDManager manager) {
    this.graph = graph;
    this.manager = manager;
    this.functions = new TorchFunctions(manager);
  }

  /**
   * A network with the weights of {@code graph}.
   *
   * @param graph canonical and spatial
   * @param parent whose device it is on, and which closes it at the latest
   */
  public static Network of(Graph graph, NDManager parent) {
    Network network = new Network(graph, parent.newSubManager());
    for (Node node : graph.nodes()) {
      switch (node.op()) {
        case Constant constant -> network.constants.put(node.name(), array(network.manager, constant.value()));
        case Layer _, MatrixProduct _ ->
            node.operands().subList(1, node.operands().size()).forEach(operand -> network.weights.add(operand.name()));
        case BatchNormalization _ -> {
          // Its statistics are not weights; canonical graphs have folded it where they could.
        }
        default -> {
          // Reads no weights.
        }
      }
    }
    network.weights.retainAll(network.constants.keySet());
    return network;
  }

  private static NDArray array(NDManager manager, Tensor tensor) {
    return manager.create(floats(tensor), shape(tensor.shape()));
  }

  private static float[] floats(Tensor tensor) {
    if (tensor.type().element() == ElementType.F32) {
      return tensor.floats();
    }
    double[] values = tensor.toDoubles();
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  static ai.djl.ndarray.types.Shape shape(dev.lowpass.ir.Shape shape) {
    return new ai.djl.ndarray.types.Shape(shape.dims().stream().mapToLong(Integer::longValue).toArray());
  }

  public Graph graph() {
    return graph;
  }

  /** The memory that the network is in; arrays of a step belong to a part of it. */
  public NDManager manager() {
    return manager;
  }

  /** The weights and biases of layers, by the names of their values in the graph: what a training changes. */
  public SequencedMap<String, NDArray> weights() {
    SequencedMap<String, NDArray> trainable = new LinkedHashMap<>();
    weights.forEach(name -> trainable.put(name, constants.get(name)));
    return trainable;
  }

  /**
   * The outputs for a batch, in the graph's order. Arrays made on the way belong to {@code step}.
   *
   * @param inputs of {@code step}, by name; their first axis is the batch, a multiple of what the graph says
   */
  public NDList run(NDManager step, Map<String, NDArray> inputs, LayerInput layerInput) {
    // Results belong to the manager of an operator's first operand, which may be a constant.
    constants.values().stream()
        .filter(constant -> constant.getManager() != step)
        .forEach(constant -> constant.tempAttach(step));
    Evaluation evaluation = new Evaluation(inputs, constants, layerInput, functions);
    NDList outputs = new NDList();
    graph.nodes().forEach(evaluation::visit);
    graph.outputs().forEach(output -> outputs.add(evaluation.get(output.value())));
    return outputs;
  }

  /**
   * How many pictures go through at once: {@code wanted}, or as many as the graph says where a node mixes pictures, or
   * puts them on another axis. It has one input.
   */
  public int picturesAtOnce(int wanted) {
    Value input = graph.inputs().getFirst();
    long[] extents = shape(input.type().shape()).getShape().clone();
    extents[0] = wanted;
    try (NDManager step = manager.newSubManager()) {
      run(step, Map.of(input.name(), step.zeros(new Shape(extents))), LayerInput.WHOLE);
      return wanted;
    } catch (LowpassException e) {
      if (!e.code().equals(Batch.MOVED)) {
        throw e;
      }
      return input.type().shape().dim(0);
    }
  }

  /** {@code original} with the weights as they are now; it has constants of the same names. */
  public Graph trained(Graph original) {
    Map<String, Node> producers = original.producers();
    List<Node> changed = new ArrayList<>();
    weights()
        .forEach(
            (name, weight) -> {
              Node node = producers.get(name);
              if (node != null) {
                Tensor tensor = Tensor.of(weight.toFloatArray(), node.type().shape());
                changed.add(Node.of(name, new Constant(tensor), List.of(), node.location()));
              }
            });
    return original.apply(Rewrite.redefine(changed));
  }

  @Override
  public void close() {
    functions.close();
    manager.close();
  }
}
