package dev.lowpass.ir.verify;

import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.graph.Graph;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Every output is a value of the graph, with the type that it was defined with. */
final class OutputsAreDefined implements Invariant {
  @Override
  public List<LowpassException> violations(Graph graph) {
    List<LowpassException> violations = new ArrayList<>();
    Map<String, Value> definitions = Definitions.all(graph);
    for (Graph.Output output : graph.outputs()) {
      @Nullable Value definition = definitions.get(output.value().name());
      if (definition == null) {
        violations.add(error(output, "is " + output.value() + ", which is defined nowhere"));
      } else if (!definition.equals(output.value())) {
        violations.add(
            error(
                output,
                "is %s as %s, but it is defined as %s"
                    .formatted(output.value(), output.value().type(), definition.type())));
      }
    }
    return violations;
  }

  private static LowpassException error(Graph.Output output, String message) {
    return new LowpassException("LP2210", output.name(), message);
  }
}
