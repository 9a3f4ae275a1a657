package dev.lowpass.ir.verify;

import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.graph.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Every operand is an input or the result of an earlier node, so that the order of nodes is an order of execution. */
final class OperandsAreDefinedBeforeUse implements Invariant {
  @Override
  public List<LowpassException> violations(Graph graph) {
    List<LowpassException> violations = new ArrayList<>();
    Map<String, Value> all = Definitions.all(graph);
    Map<String, Value> before = Definitions.inputs(graph);
    for (Node node : graph.nodes()) {
      for (Value operand : node.operands()) {
        if (!before.containsKey(operand.name())) {
          String definition = all.containsKey(operand.name()) ? "is defined only later" : "is defined nowhere";
          violations.add(
              new LowpassException(
                  "LP2203", node.name(), "%s reads %s, which %s".formatted(node.op().mnemonic(), operand, definition)));
        }
      }
      before.putIfAbsent(node.name(), node.result());
    }
    return violations;
  }
}
