package dev.lowpass.passes.frequency;

import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.bands.MapSize;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.graph.Node;
import dev.lowpass.ir.op.Op;
import dev.lowpass.passes.pass.GraphIndex;
import dev.lowpass.passes.pass.Report;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The nodes of a graph when one of its inputs has another size. */
final class Resized {
  private final GraphIndex index;
  private final Value input;
  private final MapSize size;

  /** New definitions of values that have another type, by name. */
  private final Map<String, Value> changed = new LinkedHashMap<>();

  Resized(GraphIndex index, Value input, MapSize size) {
    this.index = index;
    this.input = input;
    this.size = size;
  }

  /**
   * Nodes that must be redefined when {@code picture} takes the input's place; the others follow by themselves.
   *
   * @throws LowpassException LP3011 at the first node that does not suit it
   */
  List<Node> readersOf(Value picture, Report report) {
    changed.put(input.name(), picture);
    List<Node> redefined = new ArrayList<>();
    for (Node node : index.graph().nodes()) {
      if (node.operands().stream().anyMatch(operand -> changed.containsKey(operand.name()))) {
        Node follows = follow(node);
        if (!follows.op().equals(node.op())) {
          redefined.add(follows);
        }
        if (!follows.type().equals(node.type())) {
          changed.put(node.name(), follows.result());
        }
      }
    }
    for (Graph.Output output : index.graph().outputs()) {
      Value now = changed.get(output.value().name());
      if (now != null) {
        report.remark("output %s is %s in place of %s".formatted(output.name(), now.type(), output.value().type()));
      }
    }
    return redefined;
  }

  private Node follow(Node node) {
    List<Value> operands =
        node.operands().stream().map(operand -> changed.getOrDefault(operand.name(), operand)).toList();
    try {
      Op op = StoredSizes.of(node, operands);
      return Node.of(node.name(), op, operands, node.location());
    } catch (IllegalArgumentException e) {
      throw refusal(node, String.valueOf(e.getMessage()));
    } catch (LowpassException e) {
      throw refusal(node, e.getCause() == null ? e.getMessage() : String.valueOf(e.getCause().getMessage()));
    }
  }

  private LowpassException refusal(Node node, String reason) {
    String place = node.location().text().isEmpty() ? node.name() : node.location().text();
    return new LowpassException(
        "LP3011",
        place,
        "stands in the way of a picture of %s for input '%s', which is %s: %s: %s"
            .formatted(size, input.name(), input.type(), node.op().mnemonic(), reason));
  }
}
