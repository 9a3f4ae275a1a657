package dev.lowpass.codegen;

import dev.lowpass.codegen.check.Deviation;
import dev.lowpass.ir.Precision;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.interpreter.Interpreter;
import dev.lowpass.ir.interpreter.SeededInputs;
import dev.lowpass.passes.precision.RoundProducts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How far rounding moves an answer, by the reference: what it makes of inputs with and without.
 *
 * @param precision in which most products of the graph multiply
 * @param output the output that is moved farthest
 * @param relativeL2 how far, beside the output itself
 * @param examples inputs that were looked at besides seeded ones
 */
record RoundingError(Precision precision, String output, double relativeL2, int examples) {
  /** What {@link PrecisionChoice#AUTO} allows: a class's score then moves by about a hundredth of what scores are. */
  static final double MOST = 1e-2;

  private static final long SEED = 1;

  /** Of a graph in which some layers round, most of them to {@code precision}. */
  static RoundingError of(Graph rounding, Precision precision, List<Map<String, Tensor>> examples) {
    Graph exact = RoundProducts.undone(rounding);
    List<Map<String, Tensor>> all = new ArrayList<>(examples);
    all.add(SeededInputs.of(rounding, SEED));
    RoundingError most = new RoundingError(precision, "", 0, examples.size());
    for (Map<String, Tensor> inputs : all) {
      Map<String, Tensor> rounded = Interpreter.run(rounding, inputs);
      for (Map.Entry<String, Tensor> output : Interpreter.run(exact, inputs).entrySet()) {
        double error = Deviation.between(rounded.get(output.getKey()), output.getValue()).relativeL2();
        if (!(error <= most.relativeL2)) {
          most = new RoundingError(precision, output.getKey(), error, examples.size());
        }
      }
    }
    return most;
  }

  boolean isSmall() {
    return relativeL2 <= MOST;
  }

  /** For people. */
  @Override
  public String toString() {
    String inputs = examples == 0 ? "seeded input" : "seeded and given input";
    return "rounding to %s moves output %s by %.2g (relative L2) on %s".formatted(precision, output, relativeL2, inputs);
  }
}
