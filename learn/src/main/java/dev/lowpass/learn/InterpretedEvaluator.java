package dev.lowpass.learn;

import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.bands.BandsFile;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.interpreter.Interpreter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.IntStream;

/**
 * Runs candidates on the reference interpreter: slow and exact, and the same on every machine whatever the number of
 * processors.
 */
public final class InterpretedEvaluator implements CandidateEvaluator {
  private final Graph graph;
  private final List<Map<String, Tensor>> inputs;
  private final List<SequencedMap<String, Tensor>> expected;
  private final OutputLoss loss;

  private InterpretedEvaluator(
      Graph graph,
      List<Map<String, Tensor>> inputs,
      List<SequencedMap<String, Tensor>> expected,
      OutputLoss loss) {
    this.graph = graph;
    this.inputs = inputs;
    this.expected = expected;
    this.loss = loss;
  }

  /**
   * Runs the network as it is on all {@code inputs}, to compare with.
   *
   * @param graph canonical and spatial
   * @throws LowpassException LP6004 without inputs
   */
  public static InterpretedEvaluator of(Graph graph, List<Map<String, Tensor>> inputs, OutputLoss loss) {
    Calibration.requireInputs(graph, inputs);
    return new InterpretedEvaluator(graph, List.copyOf(inputs), outputs(graph, inputs), loss);
  }

  @Override
  public double loss(BandsFile candidate) {
    List<SequencedMap<String, Tensor>> found = outputs(LimitedGraph.of(graph, candidate), inputs);
    double sum = 0;
    for (int i = 0; i < found.size(); i++) {
      sum += loss.of(expected.get(i), found.get(i));
    }
    return sum / found.size();
  }

  /** One an input, in their order. */
  private static List<SequencedMap<String, Tensor>> outputs(Graph asked, List<Map<String, Tensor>> inputs) {
    return inputs.parallelStream().map(input -> Interpreter.run(asked, input)).toList();
  }
}
