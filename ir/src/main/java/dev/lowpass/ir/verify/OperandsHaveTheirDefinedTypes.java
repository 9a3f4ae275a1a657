package dev.lowpass.ir.verify;

import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.graph.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A node sees its operands with the types that they were defined with; it fails where a definition changed and its
 * users did not.
 */
final class OperandsHaveTheirDefinedTypes implements Invariant {
  @Override
  public List<LowpassException> violations(Graph graph) {
    List<LowpassException> violations = new ArrayList<>();
    Map<String, Value> definitions = Definitions.all(graph);
    for (Node node : graph.nodes()) {
      for (Value operand : node.operands()) {
        @Nullable Value definition = definitions.get(operand.name());
        if (definition != null && !definition.type().equals(operand.type())) {
          violations.add(
              new LowpassException(
                  "LP2204",
                  node.name(),
                  "reads %s as %s, but it is defined as %s".formatted(operand, operand.type(), definition.type())));
        }
      }
    }
    return violations;
  }
}
