package dev.lowpass.ir.verify;

import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.graph.Node;
import dev.lowpass.ir.op.Dct;
import java.util.ArrayList;
import java.util.List;

/** No channel keeps more coefficients than a block has. In types and limits of products that holds by construction. */
final class BandsFitBlocks implements Invariant {
  @Override
  public List<LowpassException> violations(Graph graph) {
    List<LowpassException> violations = new ArrayList<>();
    for (Node node : graph.nodes()) {
      if (node.op() instanceof Dct dct && dct.keep().isPresent() && dct.keep().get().longest() > dct.block().size()) {
        violations.add(
            new LowpassException(
                "LP2208",
                node.name(),
                "band of %d coefficients, but a %s block has %d"
                    .formatted(dct.keep().get().longest(), dct.block(), dct.block().size())));
      }
    }
    return violations;
  }
}
