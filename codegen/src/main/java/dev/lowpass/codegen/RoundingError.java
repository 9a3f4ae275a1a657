package dev.lowpass.codegen;

import dev.lowpass.codegen.check.Deviation;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.interpreter.Interpreter;
import dev.lowpass.ir.interpreter.SeededInputs;
import dev.lowpass.passes.precision.RoundProducts;
import java.util.Map;

/**
 * How far rounding to bfloat16 moves an answer, by the reference: what it makes of seeded inputs with and without.
 *
 * @param output the output that is moved farthest
 * @param relativeL2 how far, beside the output itself
 */
record RoundingError(String output, double relativeL2) {
  /** What {@link PrecisionChoice#AUTO} allows: a class's score then moves by about a hundredth of what scores are. */
  static final double MOST = 1e-2;

  private static final long SEED = 1;

  /** Of a graph in which some layers round. */
  static RoundingError of(Graph rounding) {
    Map<String, Tensor> inputs = SeededInputs.of(rounding, SEED);
    Map<String, Tensor> exact = Interpreter.run(RoundProducts.undone(rounding), inputs);
    Map<String, Tensor> rounded = Interpreter.run(rounding, inputs);
    RoundingError most = new RoundingError("", 0);
    for (Map.Entry<String, Tensor> output : exact.entrySet()) {
      double error = Deviation.between(rounded.get(output.getKey()), output.getValue()).relativeL2();
      if (!(error <= most.relativeL2)) {
        most = new RoundingError(output.getKey(), error);
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
    return "rounding to bf16 moves output %s by %.2g (relative L2) on seeded input".formatted(output, relativeL2);
  }
}
