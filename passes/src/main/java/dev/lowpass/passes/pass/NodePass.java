package dev.lowpass.passes.pass;

import dev.lowpass.ir.Value;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.graph.Node;
import dev.lowpass.ir.graph.Rewrite;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A pass that looks at one node and what feeds it. All nodes are asked about the same graph and their rewrites are
 * applied together.
 *
 * <p>That is sound because a rewrite at a node only gives the node's value another definition: it redefines the node or
 * lets another value of the same numbers take over its uses, and besides adds nodes of {@link GraphIndex#fresh} names.
 */
public interface NodePass extends Pass {
  /** The change at {@code node}, or {@link Rewrite#none()}. */
  Rewrite rewriteAt(Node node, GraphIndex index, PassContext context);

  @Override
  default Rewrite rewrite(Graph graph, PassContext context) {
    GraphIndex index = new GraphIndex(graph);
    List<Node> nodes = new ArrayList<>();
    Map<String, Value> replaced = new LinkedHashMap<>();
    for (Node node : graph.nodes()) {
      Rewrite rewrite = rewriteAt(node, index, context);
      nodes.addAll(rewrite.nodes());
      replaced.putAll(rewrite.replaced());
    }
    return new Rewrite(nodes, replaced);
  }
}
