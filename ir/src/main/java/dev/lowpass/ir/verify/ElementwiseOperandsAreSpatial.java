package dev.lowpass.ir.verify;

import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.graph.Node;
import dev.lowpass.ir.op.Elementwise;
import java.util.ArrayList;
import java.util.List;

/**
 * A function of one element is applied to samples: a ReLU of coefficients is a wrong number, so it is a type error
 * here.
 */
final class ElementwiseOperandsAreSpatial implements Invariant {
  @Override
  public List<LowpassException> violations(Graph graph) {
    List<LowpassException> violations = new ArrayList<>();
    for (Node node : graph.nodes()) {
      for (Value operand : node.operands()) {
        if (node.op() instanceof Elementwise elementwise && !operand.type().isSpatial()) {
          violations.add(
              new LowpassException(
                  "LP2206",
                  node.name(),
                  "%s takes spatial data, but %s is %s".formatted(elementwise.mnemonic(), operand, operand.type())));
        }
      }
    }
    return violations;
  }
}
