package dev.lowpass.ir.verify;

import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.TensorType;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.graph.Node;
import java.util.List;
import java.util.Optional;

/** Operands fit their operator, and the result has the type that the operator infers from them. */
final class TypesMatchInference implements Invariant {
  @Override
  public List<LowpassException> violations(Graph graph) {
    return graph.nodes().stream().map(TypesMatchInference::violation).flatMap(Optional::stream).toList();
  }

  private static Optional<LowpassException> violation(Node node) {
    try {
      TensorType inferred = node.op().infer(node.operands().stream().map(Value::type).toList());
      return inferred.equals(node.type())
          ? Optional.empty()
          : Optional.of(
              error(node, "is typed %s, but %s gives %s".formatted(node.type(), node.op().mnemonic(), inferred)));
    } catch (IllegalArgumentException | ArithmeticException e) {
      return Optional.of(error(node, node.op().mnemonic() + ": " + e.getMessage()));
    }
  }

  private static LowpassException error(Node node, String message) {
    return new LowpassException("LP2205", node.name(), message);
  }
}
