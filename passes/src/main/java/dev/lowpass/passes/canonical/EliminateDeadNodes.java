package dev.lowpass.passes.canonical;

import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.graph.Rewrite;
import dev.lowpass.passes.pass.Pass;
import dev.lowpass.passes.pass.PassContext;
import java.util.List;

/**
 * Drops nodes that no output needs. Every applied rewrite does so too; this pass is for graphs that come with such
 * nodes.
 *
 * <pre>
 * %unused = relu %x
 * %y = sigmoid %x          =>     %y = sigmoid %x
 * return %y                       return %y
 * </pre>
 *
 * Does not fire when
 * <ul>
 *   <li>every node is needed; inputs stay even if nothing reads them, because the caller passes them.
 * </ul>
 */
public record EliminateDeadNodes() implements Pass {
  @Override
  public String name() {
    return "eliminate-dead-nodes";
  }

  @Override
  public String summary() {
    return "drops nodes that no output needs";
  }

  @Override
  public Rewrite rewrite(Graph graph, PassContext context) {
    boolean dead = graph.withoutDeadNodes().nodes().size() < graph.nodes().size();
    // Applying any rewrite drops what is dead, so one that redefines a node as it is will do.
    return dead ? Rewrite.redefine(List.of(graph.nodes().getFirst())) : Rewrite.none();
  }
}
