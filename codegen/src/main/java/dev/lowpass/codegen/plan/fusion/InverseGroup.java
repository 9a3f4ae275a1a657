package dev.lowpass.codegen.plan.fusion;

import dev.lowpass.ir.graph.Node;
import dev.lowpass.passes.machine.FusionRule;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** An inverse transform and its epilogue. */
public record InverseGroup(Node node, FusedEpilogue epilogue) implements Group {
  static InverseGroup of(Chain chain, Node node, FusionRule rule, Predicate<Node> isFree) {
    FusedEpilogue epilogue = FusedEpilogue.of(chain, node, isFree);
    return new InverseGroup(node, rule.keepsSlabs() ? epilogue.pooled(chain, node) : epilogue);
  }

  @Override
  public List<Node> nodes() {
    return Stream.concat(Stream.of(node), epilogue.nodes().stream()).toList();
  }
}
