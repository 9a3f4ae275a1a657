package dev.lowpass.ir.verify;

import dev.lowpass.ir.Bands;
import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.TensorType;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.graph.Node;
import dev.lowpass.ir.op.Op;
import dev.lowpass.ir.op.Truncating;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Every operator that keeps bands has one threshold for each channel of its input. */
final class BandsFitChannels implements Invariant {
  @Override
  public List<LowpassException> violations(Graph graph) {
    List<LowpassException> violations = new ArrayList<>();
    for (Node node : graph.nodes()) {
      Optional<Bands> keep = keep(node.op());
      if (keep.isPresent() && !node.operands().isEmpty() && !fits(keep.get(), node.operand(0).type())) {
        violations.add(
            new LowpassException(
                "LP2209",
                node.name(),
                "bands of %d channels for %s, which is %s"
                    .formatted(keep.get().channels(), node.operand(0), node.operand(0).type())));
      }
    }
    return violations;
  }

  private static Optional<Bands> keep(Op op) {
    return op instanceof Truncating truncating ? truncating.keep() : Optional.empty();
  }

  private static boolean fits(Bands keep, TensorType input) {
    return input.shape().rank() == 4 && input.shape().dim(1) == keep.channels();
  }
}
