package dev.lowpass.learn;

import dev.lowpass.ir.Tensor;
import java.util.SequencedMap;
import java.util.function.ToDoubleFunction;

/**
 * The squared change of one number that stands for what the network says.
 *
 * @param answer the number for the first output, for example the log-odds of two classes
 */
public record SquaredChange(ToDoubleFunction<Tensor> answer) implements OutputLoss {
  @Override
  public double of(SequencedMap<String, Tensor> expected, SequencedMap<String, Tensor> found) {
    double change = number(found) - number(expected);
    return change * change;
  }

  private double number(SequencedMap<String, Tensor> outputs) {
    return answer.applyAsDouble(outputs.firstEntry().getValue());
  }
}
