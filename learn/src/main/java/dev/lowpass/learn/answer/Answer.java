package dev.lowpass.learn.answer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.graph.Node;
import dev.lowpass.ir.op.Softmax;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** What the outputs of a network mean, as far as losing something of them can be told. */
public sealed interface Answer permits ClassAnswer, ValueAnswer {
  /**
   * What {@code graph} answers: one class of several, if it has one output [N, K], and values else.
   *
   * @param graph as {@link #scored} leaves it
   */
  static Answer of(Graph graph) {
    boolean scores = graph.outputs().size() == 1 && isScores(graph.outputs().getFirst().value());
    return scores ? new ClassAnswer(ClassAnswer.SOFT) : new ValueAnswer();
  }

  private static boolean isScores(Value output) {
    return output.type().shape().rank() == 2 && output.type().shape().dim(1) > 1;
  }

  /**
   * {@code graph} with scores in place of probabilities: without the softmax that makes its only output. Their
   * logarithms are exact then, and nothing else changes.
   */
  static Graph scored(Graph graph) {
    if (graph.outputs().size() != 1) {
      return graph;
    }
    Graph.Output output = graph.outputs().getFirst();
    Optional<Node> last = graph.producer(output.value());
    boolean softmax =
        last.isPresent() && last.get().op() instanceof Softmax(int axis) && axis == 1 && isScores(output.value());
    if (!softmax) {
      return graph;
    }
    Graph.Output scores = new Graph.Output(output.name(), last.orElseThrow().operand(0));
    return new Graph(graph.name(), graph.inputs(), graph.nodes(), List.of(scores)).withoutDeadNodes();
  }

  /**
   * How far {@code outputs} are from {@code expected}: the mean over the batch, 0 for equal ones, at least 0.
   *
   * @param expected of the network that reads everything, not to be differentiated
   */
  NDArray loss(NDList expected, NDList outputs);

  /** What a student that shall answer {@code expected} is told: as {@link #loss}, but it may say more of each picture. */
  default NDArray lesson(NDList expected, NDList outputs) {
    return loss(expected, outputs);
  }

  /**
   * Directions in which to look at outputs: random ones whose squared slopes average to the curvature of {@link #loss}
   * (the Gauss-Newton matrix), or of the same divergence of softer classes (the Fisher information). The mean of half
   * the square of what a change adds to {@link Directions#along} is the loss that it causes, to second order.
   *
   * @param expected one picture after the other
   */
  Directions directions(NDList expected, RandomGenerator random);

  /** One number a picture, [N], that follows the outputs in some direction. */
  @FunctionalInterface
  interface Directions {
    NDArray along(NDList outputs);
  }
}
