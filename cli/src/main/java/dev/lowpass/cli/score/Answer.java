package dev.lowpass.cli.score;

import dev.lowpass.cli.data.Scores;
import dev.lowpass.cli.data.Tensors;
import dev.lowpass.runtime.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;

/**
 * What one model said about one picture.
 *
 * @param outputs in the model's order
 */
public record Answer(List<Output> outputs) {
  /**
   * One output.
   *
   * @param values of all elements
   * @param isScores whether its shape is that of class scores: one row of at least two
   */
  public record Output(String name, float[] values, boolean isScores) {
    static Output of(String name, Tensor tensor) {
      IntToDoubleFunction elements = Tensors.elements(tensor);
      float[] values = new float[tensor.elements()];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) elements.applyAsDouble(i);
      }
      List<Long> shape = tensor.shape();
      return new Output(name, values, values.length > 1 && shape.stream().anyMatch(extent -> extent == values.length));
    }
  }

  public Answer {
    outputs = List.copyOf(outputs);
  }

  /** Of what an engine gave. */
  public static Answer of(Map<String, Tensor> tensors) {
    List<Output> outputs = new ArrayList<>();
    tensors.forEach((name, tensor) -> outputs.add(Output.of(name, tensor)));
    return new Answer(outputs);
  }

  /** Of a classifier that says nothing else. */
  public static Answer of(float[] scores) {
    return new Answer(List.of(new Output("scores", scores, true)));
  }

  /** The class scores: the first output, if it has their shape. */
  public Optional<Scores> scores() {
    return outputs.stream().limit(1).filter(Output::isScores).map(output -> new Scores(output.values())).findFirst();
  }

  /** Whether it is that of a classifier as far as shapes tell: class scores and nothing else. */
  boolean isOnlyScores() {
    return outputs.size() == 1 && outputs.getFirst().isScores();
  }
}
