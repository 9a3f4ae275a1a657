package dev.lowpass.learn.data;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.graph.Graph;
import java.util.Map;

/**
 * Examples in groups, as they come, for a network with one input.
 *
 * @param input [N, C, H, W], of which N is not looked at
 * @param size pictures in a group; the last one may have fewer
 */
public record Batches(Examples data, Value input, int size) {
  /**
   * Groups for {@code graph}.
   *
   * @throws LowpassException LP6004 without examples, LP6005 for a graph with another number of inputs than one
   */
  public static Batches of(Examples data, Graph graph, int size) {
    if (data.size() == 0) {
      throw new LowpassException("LP6004", graph.name(), "nothing to learn from; give at least one picture");
    }
    if (graph.inputs().size() != 1 || graph.inputs().getFirst().type().shape().rank() != 4) {
      throw new LowpassException(
          "LP6005", graph.name(), "learning takes a network with one input [N, C, H, W], not " + graph.inputs());
    }
    return new Batches(data, graph.inputs().getFirst(), size);
  }

  /** The same examples, so many at once. */
  public Batches inGroupsOf(int pictures) {
    return new Batches(data, input, pictures);
  }

  public int examples() {
    return data.size();
  }

  public int count() {
    return Math.ceilDiv(data.size(), size);
  }

  /** The index of the first example of {@code batch}. */
  public int first(int batch) {
    return batch * size;
  }

  /** The input of {@code batch} by name, in memory of {@code step}. */
  public Map<String, NDArray> inputs(NDManager step, int batch) {
    int from = first(batch);
    int count = Math.min(size, data.size() - from);
    dev.lowpass.ir.Shape shape = input.type().shape();
    int plane = shape.dim(1) * shape.dim(2) * shape.dim(3);
    float[] values = new float[count * plane];
    for (int i = 0; i < count; i++) {
      data.read(from + i, values, i * plane);
    }
    NDArray array = step.create(values, new Shape(count, shape.dim(1), shape.dim(2), shape.dim(3)));
    return Map.of(input.name(), array);
  }
}
