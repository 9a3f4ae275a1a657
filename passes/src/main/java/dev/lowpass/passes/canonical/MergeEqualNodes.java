package dev.lowpass.passes.canonical;

import dev.lowpass.ir.Value;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.graph.Node;
import dev.lowpass.ir.graph.Rewrite;
import dev.lowpass.ir.op.Op;
import dev.lowpass.passes.pass.Pass;
import dev.lowpass.passes.pass.PassContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Computes once what is written twice: nodes with the same operator and operands become the first of them. Constants
 * are such nodes.
 *
 * <pre>
 * %a = relu %x
 * %b = relu %x             =>     %a = relu %x
 * %y = add %a, %b                 %y = add %a, %a
 * </pre>
 *
 * Does not fire when
 * <ul>
 *   <li>attributes differ, a band limit for instance;
 *   <li>operands are the same but in another order.
 * </ul>
 */
public record MergeEqualNodes() implements Pass {
  private record Computation(Op op, List<Value> operands) {}

  @Override
  public String name() {
    return "merge-equal-nodes";
  }

  @Override
  public String summary() {
    return "computes once what is written twice";
  }

  @Override
  public Rewrite rewrite(Graph graph, PassContext context) {
    Map<Computation, Value> first = new LinkedHashMap<>();
    Map<String, Value> replaced = new LinkedHashMap<>();
    for (Node node : graph.nodes()) {
      List<Value> operands = node.operands().stream().map(value -> replaced.getOrDefault(value.name(), value)).toList();
      Value earlier = first.putIfAbsent(new Computation(node.op(), operands), node.result());
      if (earlier != null) {
        replaced.put(node.name(), earlier);
      }
    }
    return new Rewrite(List.of(), replaced);
  }
}
