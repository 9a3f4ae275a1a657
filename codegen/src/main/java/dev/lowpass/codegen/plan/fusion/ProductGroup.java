package dev.lowpass.codegen.plan.fusion;

import dev.lowpass.ir.Shape;
import dev.lowpass.ir.graph.Node;
import dev.lowpass.passes.machine.HalvingRule;
import dev.lowpass.passes.machine.Machine;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A product and its epilogue. */
public record ProductGroup(Node node, FusedEpilogue epilogue) implements Group {
  static ProductGroup of(Chain chain, Node node, Machine machine, Predicate<Node> isFree) {
    FusedEpilogue epilogue = FusedEpilogue.of(chain, node, isFree);
    boolean pools = machine.fusion().keepsSlabs() && hasRowsToPool(node, machine.halving());
    return new ProductGroup(node, pools ? epilogue.pooled(chain, node) : epilogue);
  }

  /** A product that is made of halves needs its map in memory; they save more than a pool takes. */
  private static boolean hasRowsToPool(Node node, HalvingRule halving) {
    Shape map = node.type().shape();
    int rows = map.dim(2) * map.dim(3);
    return node.type().isSpatial()
        && rows > 1
        && !halving.pays(rows, node.operand(0).type().shape().dim(1), map.dim(1));
  }

  @Override
  public List<Node> nodes() {
    return Stream.concat(Stream.of(node), epilogue.nodes().stream()).toList();
  }
}
