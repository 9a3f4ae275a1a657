package dev.lowpass.ir.verify;

import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.graph.Graph;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** No two inputs share a name. */
final class InputsAreNamedOnce implements Invariant {
  @Override
  public List<LowpassException> violations(Graph graph) {
    List<LowpassException> violations = new ArrayList<>();
    Set<String> names = new LinkedHashSet<>();
    for (Value input : graph.inputs()) {
      if (!names.add(input.name())) {
        violations.add(
            new LowpassException("LP2201", input.name(), "two inputs of graph '" + graph.name() + "' have this name"));
      }
    }
    return violations;
  }
}
