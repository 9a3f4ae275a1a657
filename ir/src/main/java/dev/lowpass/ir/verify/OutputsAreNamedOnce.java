package dev.lowpass.ir.verify;

import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.graph.Graph;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Users ask for outputs by name, so no two share one. */
final class OutputsAreNamedOnce implements Invariant {
  @Override
  public List<LowpassException> violations(Graph graph) {
    List<LowpassException> violations = new ArrayList<>();
    Map<String, Graph.Output> named = new LinkedHashMap<>();
    for (Graph.Output output : graph.outputs()) {
      Graph.@Nullable Output earlier = named.putIfAbsent(output.name(), output);
      if (earlier != null) {
        violations.add(
            new LowpassException(
                "LP2211", output.name(), "names the outputs " + earlier.value() + " and " + output.value()));
      }
    }
    return violations;
  }
}
