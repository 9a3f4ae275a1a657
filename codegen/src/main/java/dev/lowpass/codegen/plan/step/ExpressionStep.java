package dev.lowpass.codegen.plan.step;

import dev.lowpass.codegen.plan.value.Slot;
import java.util.List;

/** An expression for every element of the output. Inputs are samples and are broadcast as in ONNX. */
public record ExpressionStep(String name, List<Slot> inputs, Slot output, Expression expression) implements Step {
  public ExpressionStep {
    inputs = List.copyOf(inputs);
  }

  @Override
  public List<Slot> reads() {
    return inputs;
  }

  @Override
  public String kind() {
    String last = expression.terms().getLast().op().mnemonic();
    int others = expression.terms().size() - 1;
    return others == 0 ? last : last + " and " + others + " before";
  }
}
