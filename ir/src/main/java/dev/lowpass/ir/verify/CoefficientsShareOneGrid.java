package dev.lowpass.ir.verify;

import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.graph.Node;
import java.util.ArrayList;
import java.util.List;

/**
 * Coefficients that meet in one node have the same block and order: otherwise equal places are not equal frequencies.
 */
final class CoefficientsShareOneGrid implements Invariant {
  @Override
  public List<LowpassException> violations(Graph graph) {
    List<LowpassException> violations = new ArrayList<>();
    for (Node node : graph.nodes()) {
      List<Value> coefficients = node.operands().stream().filter(operand -> !operand.type().isSpatial()).toList();
      for (Value other : coefficients) {
        Value first = coefficients.getFirst();
        if (!other.type().frequency().sameGrid(first.type().frequency())) {
          violations.add(
              new LowpassException(
                  "LP2207",
                  node.name(),
                  "%s joins %s in %s and %s in %s"
                      .formatted(node.op().mnemonic(), first, first.type().domain(), other, other.type().domain())));
        }
      }
    }
    return violations;
  }
}
