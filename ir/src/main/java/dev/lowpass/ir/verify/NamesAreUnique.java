package dev.lowpass.ir.verify;

import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.graph.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A name stands for one value: no node is named like another or like an input. */
final class NamesAreUnique implements Invariant {
  @Override
  public List<LowpassException> violations(Graph graph) {
    List<LowpassException> violations = new ArrayList<>();
    Map<String, String> definitions = new LinkedHashMap<>();
    graph.inputs().forEach(input -> definitions.put(input.name(), "an input"));
    for (Node node : graph.nodes()) {
      String definition = "the result of " + node.op().mnemonic();
      @Nullable String earlier = definitions.putIfAbsent(node.name(), definition);
      if (earlier != null) {
        violations.add(new LowpassException("LP2202", node.name(), "names " + earlier + " and " + definition));
      }
    }
    return violations;
  }
}
