package dev.lowpass.codegen.plan.fusion;

import dev.lowpass.ir.graph.Node;
import java.util.List;

/** A node that nothing joins, or a constant, which needs no kernel. */
public record SingleGroup(Node node) implements Group {
  @Override
  public List<Node> nodes() {
    return List.of(node);
  }
}
